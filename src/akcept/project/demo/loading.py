"""The demo company: months of a firm's invoices, told through the services that everybody uses."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.cases import clockwork, reminders
from akcept.company import queries
from akcept.delivery import services as delivery
from akcept.journal import dispatch, seals
from akcept.payments import postponement
from akcept.project.demo import errands, founding, lanes, letters, suppliers, talks
from akcept.project.demo.founding import PASSWORD, email_of
from akcept.project.demo.lives import Life
from akcept.project.demo.plots import plots
from akcept.project.demo.printing import Press
from akcept.project.demo.timeline import Story, Timeline
from akcept.project.demo.world import World

TERMINAL = ("LC_ALL", "LC_MESSAGES", "LANG")
MONTHS = timedelta(days=122)
# Whoever logs in finds notices of the last days, not of all months.
NEWS = timedelta(days=4)
HISTORY = timedelta(days=30)
CHANGES_BACK = timedelta(days=60)
ABSENCE_BACK = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody of the demo company one may log in as, and what about them is worth a look."""

    key: str
    email: str
    password: str
    about: str | Promise


LOGINS: tuple[Login, ...] = tuple(
    Login(key, email_of(key), PASSWORD, about)
    for key, about in (
        ("anna", _("Anna asks for payments: drafts, corrections to make, invoices on their way")),
        ("maria", _("Maria, the office manager, does the same in Russian")),
        ("boris", _("Boris approves first; his list of tasks is full")),
        ("daria", _("Daria decides first on what Maria asks for")),
        ("nina", _("Nina decides after Daria")),
        ("helen", _("Helen approves, and acts for Vera, who is on leave")),
        ("andrey", _("Andrey, the general director, approves last")),
        ("gleb", _("Gleb, the financial director, sees everything and owns the routes")),
        ("clara", _("Clara, the accountant, pays: today, this week, overdue")),
        ("zoya", _("Zoya pays for the branch in Vladivostok")),
        ("tamara", _("Tamara, the treasurer, pays for all three and verifies bank accounts")),
        ("audit", _("Agnes, the auditor, reads everything and changes nothing")),
        ("admin", _("Roman administers: people, roles, the sequential list, rates")),
        ("igor", _("Igor, the IT director, confirms what Roman changes to his own advantage")),
    )
)


def log_ins() -> list[str]:
    """Return a line for every log-in, in the language of the terminal."""
    said = next((os.environ[name] for name in TERMINAL if os.environ.get(name)), "")
    with translation.override("ru" if said.startswith("ru") else "en"):
        return [f"{who.email:<24} {who.password:<12} {who.about}" for who in LOGINS]


def load(*, at: datetime) -> None:
    """Fill an empty database with four months that end at a moment; a company that is there stays as it is."""
    if is_loaded():
        return
    until = at.astimezone(UTC)
    timeline = Timeline(until - MONTHS, until)
    company = founding.found(at=timeline.since)
    for who in LOGINS:
        founding.let_in(company, who.key, at=timeline.since)
    world = World(company, timeline, Press())
    for known in suppliers.register(company, at=timeline.since + timedelta(days=1)):
        world.known[known.supplier.key] = known
    timeline.begin(_days(timeline))
    timeline.begin(founding.rates(company, since=timeline.since))
    timeline.begin(_changes(world))
    catalogue = {key: known.supplier for key, known in world.known.items()}
    for plot, bill in plots(catalogue, timeline.calendar, since=timeline.since, until=until):
        timeline.begin(Life(world, plot, bill).tell())
    for story in errands.errands(world):
        timeline.begin(story)
    timeline.run()
    talks.begin(world)
    letters.begin(world)
    lanes.begin(company, until=until)
    _take_along(until)


def is_loaded() -> bool:
    """Tell whether this database holds the demo company."""
    return queries.settings_of().demo


def _days(timeline: Timeline) -> Story:
    """Do every day what a worker does: move what was not paid, end holds, seal the journal."""
    day = timeline.since.date()
    while True:
        yield datetime.combine(day, time(10, 5), UTC)
        moment = datetime.combine(day, time(10, 5), UTC)
        postponement.run(at=moment)
        clockwork.release_expired(at=moment)
        yield datetime.combine(day, time(23, 50), UTC)
        seals.make(at=datetime.combine(day, time(23, 50), UTC))
        day += timedelta(days=1)


def _changes(world: World) -> Story:
    """Change what changes in a company: the sequential list, a supplier's account, who is on leave.

    What is older than a month when the demo begins is told to nobody.
    """
    timeline, company = world.timeline, world.company
    yield (moment := timeline.until - CHANGES_BACK)
    founding.shorten_list(company, at=moment)
    changed = suppliers.CHANGED
    world.known[changed] = suppliers.change_account(company, world.known[changed], at=moment)
    yield (moment := timeline.until - HISTORY)
    long_ago = dispatch.claim(at=moment, limit=sys.maxsize, lease=timedelta(minutes=1))
    dispatch.done(ids=[ref.id for ref in long_ago], at=moment)
    yield (moment := timeline.until - ABSENCE_BACK)
    founding.go_on_leave(company, at=moment)


def _take_along(at: datetime) -> None:
    """Leave notices in the app and no letters: what happened before the first start is nobody's news by mail."""
    delivery.tell_history(at=at, new_since=at - NEWS)
    for task in reminders.waiting(told_before=at, at=at):
        reminders.note_told(task=task, at=at)
