"""What stands around every page: where one can go, what waits, whether this is the demo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.company import queries
from akcept.delivery import queries as delivery
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.doctypes.codes import INVOICE
from akcept.intake import queries as intake
from akcept.people import access, rights, standing
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship
from akcept.routes import access as routes
from akcept.web.asking import ask
from akcept.wording import documents


class Place(NamedTuple):
    """One entry of the menu."""

    code: str
    label: Promise | str
    short: Promise | str
    icon: str
    url: str
    letter: str


class Shell(NamedTuple):
    """What stands around the pages of one person; an empty address means: not there."""

    work: list[Place]
    keeping: list[Place]
    documents: list[Place]
    intake: list[Place]
    begin: list[Place]
    search_url: str
    find_url: str
    counts_url: str
    new_url: str
    notices_url: str
    profile_url: str
    language_url: str
    logout_url: str
    tasks: int = 0
    unread: int = 0
    arrived: int = 0
    acting_for: tuple[Deputyship, ...] = ()
    demo: bool = False


WORK = (
    ("feed", _("Feed"), _("Feed"), "home", "f"),
    ("tasks", _("My tasks"), _("Tasks"), "list-check", "i"),
    ("registry", _("Invoices"), _("Invoices"), "file-invoice", "r"),
    ("calendar", _("Payment calendar"), _("Calendar"), "calendar-event", "c"),
)
KEEPING = (
    ("counterparties", _("Counterparties"), _("Counterparties"), "building", ""),
    ("routes", _("Routes"), _("Routes"), "route", ""),
    ("people", _("People"), _("People"), "users", ""),
    ("settings", _("Settings"), _("Settings"), "settings", ""),
)
INTAKE = (("intake", _("Intake"), _("Intake"), "inbox", ""),)
SET_UP = frozenset({"people", "settings"})
Entries = tuple[tuple[str, Promise | str, Promise | str, str, str], ...]


def address(name: str, *args: object) -> str:
    """Return an address, or nothing where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _places(entries: Entries) -> list[Place]:
    found = [
        Place(code, label, short, icon, address(f"web:{code}"), letter)
        for code, label, short, icon, letter in entries
    ]
    return [place for place in found if place.url]


def _kept_by(held: rights.Rights) -> Entries:
    """Return what may be looked at; only who administers or audits sees how things are set up."""
    hidden = set() if any(held.has(right) for right in access.LOOKING) else {*SET_UP}
    if not any(held.has(right) for right in routes.LOOKING):
        hidden.add("routes")
    return tuple(entry for entry in KEEPING if entry[0] not in hidden)


def place_of(doctype: str) -> str:
    """Return the menu's entry for documents of a type; invoices and lists of several types stand under the registry."""
    return doctype if doctype not in ("", INVOICE) else "registry"


def list_of(doctype: str) -> str:
    """Return the address of the list of documents of a type; that of invoices shows every type."""
    return address("web:registry") + ("" if doctype == INVOICE else f"?doctype={doctype}")


def _documents(types: Iterable[TypeCard]) -> list[Place]:
    """Return the lists of the documents that are no invoices, one for each type that the person may see or begin."""
    return [
        Place(
            card.code,
            documents.plural(card),
            "",
            "file-text",
            list_of(card.code),
            "",
        )
        for card in types
        if card.code != INVOICE
    ]


def _begin(types: Iterable[TypeCard]) -> list[Place]:
    """Return where a person may begin a document that is no invoice."""
    return [
        Place(
            card.code, documents.name(card), "", "plus", address("web:new-document", card.code), ""
        )
        for card in types
        if card.code != INVOICE
    ]


def menu(request: HttpRequest) -> Shell:
    """Return where the person of this request can go, without counting what waits there."""
    held = rights.Rights()
    seen: tuple[TypeCard, ...] = ()
    mine: tuple[TypeCard, ...] = ()
    if request.user.is_authenticated:
        asked = ask(request)
        held = standing.rights_of(person_id=asked.by.id, at=asked.at)
        types = doctypes.type_cards()
        mine = doctypes.may_start(types=types, person_id=asked.by.id, at=asked.at)
        # Whoever only takes part in a confidential document finds it among their tasks.
        seen = tuple(
            card
            for card in types
            if not card.is_confidential or card in mine or held.has(Right.AUDIT)
        )
    return Shell(
        work=_places(WORK),
        keeping=_places(_kept_by(held)),
        documents=_documents(seen),
        intake=_places(INTAKE) if _takes_letters(request) else [],
        begin=_begin(mine),
        search_url=address("web:search"),
        new_url=address("web:new") if any(card.code == INVOICE for card in mine) else "",
        notices_url=address("web:notices"),
        profile_url=address("web:profile"),
        language_url=address("set_language"),
        logout_url=address("account_logout"),
        find_url=address("web:find"),
        counts_url=address("web:counts"),
    )


def _takes_letters(request: HttpRequest) -> bool:
    """Tell whether invoices come by mail; the demo company shows how that would be."""
    if settings.AKCEPT_INTAKE:
        return True
    return request.user.is_authenticated and queries.settings_of().demo


def shell(request: HttpRequest) -> Shell:
    """Return what stands around the page of this request."""
    tasks = unread = arrived = 0
    acting: tuple[Deputyship, ...] = ()
    if request.user.is_authenticated:
        asked = ask(request)
        tasks, unread = delivery.waiting(by=asked.by, at=asked.at)
        acting = standing.deputised_by(person_id=asked.by.id, at=asked.at)
        if _takes_letters(request):
            arrived = intake.waiting(by=asked.by, at=asked.at)
    return menu(request)._replace(
        tasks=tasks,
        unread=unread,
        arrived=arrived,
        acting_for=acting,
        demo=queries.settings_of().demo,
    )
