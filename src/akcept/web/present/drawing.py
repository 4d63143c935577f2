"""A route as a picture: where every box, line and word stands. The template only writes it down as SVG.

Boxes go down in one column, so that the picture fits a phone. People who are asked one after another stand below each
other, those asked at the same time side by side; a stage with a condition has a way around it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from akcept.engine.routes import How, RouteVersion, Stage, Who
from akcept.wording import routes as wording

WIDTH = 340
LEFT, RIGHT = 12, 312
MIDDLE = (LEFT + RIGHT) // 2
PAD, LINE, GAP = 12, 17, 26
# What fits a line at the size of the style sheet, with some room for wide letters.
LETTERS, HALF_LETTERS = 37, 17
CHIP = 24
MOST_CHIPS = 8


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words."""

    x: int
    y: int
    words: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `round` is the radius of its corners."""

    x: int
    y: int
    width: int
    height: int
    css: str = ""
    round: int = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw, and the same told as an ordered list."""

    height: int
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]
    arrows: tuple[tuple[int, int], ...]
    ways_round: tuple[tuple[int, int], ...]
    told: tuple[tuple[str, tuple[str, ...]], ...]
    width: int = WIDTH


@dataclass(slots=True)
class _Sheet:
    """What is drawn so far, and how far down."""

    y: int = 4
    boxes: list[Box] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    arrows: list[tuple[int, int]] = field(default_factory=list)
    ways_round: list[tuple[int, int]] = field(default_factory=list)

    def pill(self, words: Sequence[str], css: str) -> None:
        """Draw where the way begins or ends."""
        lines = [line for row in words for line in textwrap.wrap(row, LETTERS - 2)]
        height = len(lines) * LINE + PAD
        self.boxes.append(Box(LEFT + 14, self.y, RIGHT - LEFT - 28, height, css, 16))
        for line in lines:
            self.y += LINE
            self.texts.append(Text(MIDDLE, self.y, line, "ak-draw-centre"))
        self.y += PAD

    def arrow(self) -> None:
        """Draw the way to whatever comes next."""
        self.arrows.append((self.y, self.y + GAP))
        self.y += GAP

    def lines(self, words: Sequence[str], css: str = "") -> None:
        """Write lines into the box that is being drawn."""
        for line in (line for row in words for line in textwrap.wrap(row, LETTERS)):
            self.y += LINE
            self.texts.append(Text(LEFT + PAD, self.y, line, css))

    def chips(self, people: Sequence[str], columns: int) -> None:
        """Draw the people of a stage."""
        shown = list(people[:MOST_CHIPS])
        if len(people) > MOST_CHIPS:
            shown[-1] = _("and %(count)d more") % {"count": len(people) - MOST_CHIPS + 1}
        gap = 6
        width = (RIGHT - LEFT - 2 * PAD - gap * (columns - 1)) // columns
        letters = HALF_LETTERS if columns > 1 else LETTERS - 4
        self.y += 8
        for place, person in enumerate(shown):
            row, column = divmod(place, columns)
            x, y = LEFT + PAD + column * (width + gap), self.y + row * (CHIP + gap)
            self.boxes.append(Box(x, y, width, CHIP, "ak-draw-person", 12))
            short = textwrap.shorten(person, letters, placeholder="…") or person[:letters]
            self.texts.append(Text(x + width // 2, y + 16, short, "ak-draw-centre ak-draw-small"))
        self.y += -(-len(shown) // columns) * (CHIP + gap) - gap

    def stage(self, number: int, stage: Stage, names: Mapping[str, str], currency: str) -> None:
        """Draw one stage, with a way around it where it has a condition."""
        top, place = self.y, len(self.boxes)
        self.y += 4
        self.lines([f"{number}. {wording.stage_title(stage, names)}"], "ak-draw-title")
        people = [names.get(person, person) for person in _named(stage)]
        if people:
            self.chips(people, 1 if stage.how is How.IN_TURN else 2)
        elif (who := wording.people(stage, names)) != wording.stage_title(stage, names):
            self.lines([who])
        self.lines([wording.how(stage), *wording.terms(stage, names, currency)], "ak-draw-small")
        self.y += PAD - 2
        css = "ak-draw-stage ak-draw-maybe" if stage.conditions else "ak-draw-stage"
        self.boxes.insert(place, Box(LEFT, top, RIGHT - LEFT, self.y - top, css))
        if stage.conditions:
            self.ways_round.append((top - GAP // 2, self.y + GAP // 2))


def picture(version: RouteVersion, names: Mapping[str, str], currency: str) -> Picture:
    """Return the picture of a version."""
    sheet = _Sheet()
    when = [wording.condition(row, names, currency) for row in version.conditions]
    start, end = _("Sent for approval"), _("Approved and paid")
    sheet.pill([start, *when], "ak-draw-start")
    told: list[tuple[str, tuple[str, ...]]] = [(start, tuple(when))]
    for number, stage in enumerate(version.stages, 1):
        sheet.arrow()
        sheet.stage(number, stage, names, currency)
        told.append(
            (wording.stage_title(stage, names), tuple(wording.stage_lines(stage, names, currency)))
        )
    sheet.arrow()
    payer = names.get(version.payer_role, version.payer_role) or _("whoever may pay")
    pays = _("Payment: %(payer)s") % {"payer": payer}
    sheet.pill([pays], "ak-draw-pay")
    sheet.arrow()
    sheet.pill([end], "ak-draw-end")
    sheet.y += 6
    sheet.lines([_("Returned: back to the initiator. Rejected: the end.")], "ak-draw-small")
    told += [(pays, ()), (end, ())]
    return Picture(
        sheet.y + PAD,
        tuple(sheet.boxes),
        tuple(sheet.texts),
        tuple(sheet.arrows),
        tuple(sheet.ways_round),
        tuple(told),
    )


def _named(stage: Stage) -> tuple[str, ...]:
    return stage.people if stage.who is Who.NAMED else ()
