"""Somebody at a browser. Everything is found as a reader or a screen reader finds it: by role and visible words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from stories.speech import spoken


@dataclass(frozen=True)
class Desk:
    """A page, or the part of one that is looked at, in the language of who sits there."""

    page: Page
    language: str
    part: Locator | None = None

    @property
    def here(self) -> Page | Locator:
        """Return what is looked at."""
        return self.part or self.page

    def say(self, words: str, **values: object) -> str:
        """Return words in the language of this desk."""
        return spoken(words, self.language, **values)

    # Going somewhere

    def go_to(self, entry: str) -> None:
        """Choose an entry of the main menu."""
        menu = self.page.get_by_role("navigation", name=self.say("Main menu"))
        menu.get_by_role("link", name=re.compile(rf"^{self.say(entry)}(\W*\d.*)?$")).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(entry))

    def log_in(self, address: str, password: str) -> None:
        """Log in where that is asked for."""
        self.write("Email", address)
        self.write("Password", password)
        self.press("Log in")
        expect(self.page.get_by_role("navigation", name=self.say("Main menu"))).to_be_visible()

    def follow(self, words: str, **values: object) -> None:
        """Follow a link."""
        self.here.get_by_role("link", name=self._named(words, **values)).first.click()

    def turn_to(self, tab: str) -> None:
        """Turn to a part of the card."""
        tabs = self.page.get_by_role("navigation", name=self.say("Parts of the card"))
        tabs.get_by_role("link", name=re.compile(rf"^{self.say(tab)}( ?\d+)?$")).click()

    def dialog(self, name: str) -> Desk:
        """Look at the dialog of that name."""
        found = self.page.get_by_role("dialog", name=self.say(name))
        expect(found).to_be_visible()
        return replace(self, part=found)

    def region(self, name: str) -> Desk:
        """Look at a part of the page that has a name."""
        return replace(self, part=self.page.get_by_role("region", name=self.say(name)))

    def row(self, words: str, **values: object) -> Desk:
        """Look at the entry of a list that has a link of these words."""
        link = self.page.get_by_role("link", name=self.say(words, **values))
        return replace(self, part=self.page.get_by_role("listitem").filter(has=link).first)

    def go_to_notices(self) -> None:
        """Open what the bell has rung for."""
        self.page.get_by_role(
            "link", name=re.compile(self.say("Notifications, {n} new", n=r"\d+"))
        ).click()

    def open_notice(self, words: str, **values: object) -> None:
        """Open a notice: the new ones are buttons, for they are marked as read."""
        said = re.compile(re.escape(self.say(words, **values)))
        self.page.get_by_role("button", name=said).first.click()

    def day(self, on: date) -> Desk:
        """Look at a day of the payment calendar."""
        self.go_to("Payment calendar")
        cell = self.page.get_by_role("cell").filter(
            has=self.page.locator(f'time[datetime="{on.isoformat()}"]')
        )
        while not cell.count():
            self.follow("Next month")
        return replace(self, part=cell)

    # Doing something

    def press(self, button: str) -> None:
        """Press a button."""
        self.here.get_by_role("button", name=self._named(button)).first.click()

    def unfold(self, words: str) -> None:
        """Unfold what stands behind these words: a dialog, or more fields."""
        # The summary of a <details> has no role of its own; the key that presses it may follow.
        said = re.compile(rf"^\s*{re.escape(self.say(words))}(\s*:.*)?\s*[A-Z]?\s*$")
        self.here.get_by_text(said).filter(visible=True).first.click()

    def press_twice(self, button: str) -> None:
        """Press a button in a hurry."""
        self.here.get_by_role("button", name=self._named(button)).first.dblclick()

    def asks_for_nothing(self) -> None:
        """Let the browser send forms whatever stands in them, as a program would."""
        self.page.evaluate("for (const form of document.forms) form.noValidate = true")

    def write(self, field: str, text: str) -> None:
        """Write into a field."""
        self._field(field).fill(text)

    def pick(self, field: str, text: str) -> None:
        """Type a part of a name and choose what is offered."""
        box = self.here.get_by_role("combobox", name=self.say(field), exact=True)
        box.press_sequentially(text)
        offered = self.page.get_by_role("listbox", name=self.say(field))
        offered.get_by_role("option", name=re.compile(text, re.IGNORECASE)).first.click()
        expect(offered).to_be_hidden()

    def select(self, field: str, option: str, **values: object) -> None:
        """Choose one of a short list."""
        box = self.here.get_by_role("combobox", name=self.say(field, **values))
        box.select_option(label=self.say(option))

    def choose(self, option: str) -> None:
        """Choose one of several that are all in sight."""
        self.here.get_by_role("radio", name=self.say(option)).check()

    def tick(self, box: str) -> None:
        """Tick a box."""
        self.here.get_by_role("checkbox", name=self._said(box)).check()

    def attach(self, field: str, *files: FilePayload | Path) -> None:
        """Choose files."""
        self.here.get_by_label(self.say(field)).set_input_files(list(files))

    # Seeing something

    def is_rung(self) -> None:
        """Find that the bell has something new."""
        bell = self.page.get_by_role(
            "link", name=re.compile(self.say("Notifications, {n} new", n=r"[1-9]\d*"))
        )
        expect(bell).to_be_visible()

    def is_told(self, field: str, words: str) -> None:
        """Find that a field says what is wrong with it, to the ear as to the eye."""
        found = self._field(field)
        expect(found).to_have_accessible_description(re.compile(re.escape(self.say(words))))

    def is_filled(self, field: str) -> bool:
        """Tell whether something stands in a field."""
        return bool(self._field(field).input_value())

    def sees(self, *words: str, **values: object) -> None:
        """Find words in sight; what is no word of a page is looked for as it stands."""
        for one in words:
            said = self._said(one, **values)
            expect(self.here.get_by_text(said).filter(visible=True).first).to_be_visible()

    def sees_nothing_of(self, words: str, **values: object) -> None:
        """Find that words are not in sight."""
        expect(
            self.here.get_by_text(self._said(words, **values)).filter(visible=True)
        ).to_have_count(0)

    def may(self, button: str) -> bool:
        """Tell whether a button is offered."""
        return self.here.get_by_role("button", name=self._named(button)).count() > 0

    def _named(self, words: str, **values: object) -> re.Pattern[str]:
        # In a list a button also says what it is about: "Approve: Invoice 1".
        return re.compile(rf"^{re.escape(self.say(words, **values))}( ?:.*)?$")

    def _field(self, label: str) -> Locator:
        # A star may follow the label of a field that must be filled.
        said = re.compile(rf"^\s*{re.escape(self.say(label))}\s*\*?\s*$")
        return self.here.get_by_label(said).first

    def _said(self, words: str, **values: object) -> str:
        try:
            return self.say(words, **values)
        except KeyError:
            return words.format(**values)
