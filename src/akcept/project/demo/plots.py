"""What becomes of each of the 150 invoices: most were paid over the months, the rest stand where they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from random import Random
from typing import Any

from akcept.engine.calendars import WorkingCalendar
from akcept.project.demo.bills import Bill, Line
from akcept.project.demo.founding import ENTITIES
from akcept.project.demo.staff import STAFF
from akcept.project.demo.suppliers import Supplier

PAID_ONES = 80
# The first weeks belong to founding; the last ones to what is still open.
QUIET_START, QUIET_END = 6, 9
MANAGERS = {hire.key: hire.manager for hire in STAFF}


class Ending(Enum):
    """Where an invoice stands in the end, and how many approvals of its last round that takes."""

    DRAFT = ("DRAFT", 0)
    STEP1 = ("STEP1", 0)
    STEP2 = ("STEP2", 1)
    STEP3 = ("STEP3", 2)
    HELD = ("HELD", 1)
    REWORK = ("REWORK", 0)
    REJECTED = ("REJECTED", 1)
    WITHDRAWN = ("WITHDRAWN", 1)
    TO_PAY = ("TO_PAY", None)
    HELD_TO_PAY = ("HELD_TO_PAY", None)
    PARTLY = ("PARTLY", None)
    SENT = ("SENT", None)
    PAID = ("PAID", None)

    @property
    def steps(self) -> int | None:
        """Return how many people approve before it stops; None: all of them."""
        steps: int | None = self.value[1]
        return steps


class Mistake(Enum):
    """What an approver or the accountant finds, and the initiator corrects."""

    AMOUNT = "amount"
    CONTRACT = "contract"
    ACT = "act"
    CENTRE = "centre"
    ACT_AT_PAYMENT = "act at payment"

    @property
    def key(self) -> str:
        """Return under what it stands in `talk.toml`."""
        return self.value.split(" ")[0]

    @property
    def at_payment(self) -> bool:
        """Tell whether the accountant finds it."""
        return self is Mistake.ACT_AT_PAYMENT


class Twist(Enum):
    """What makes one invoice unlike another."""

    DRAFTED = "a draft first"
    ACT = "an act is attached"
    CLIENT = "bought for a client"
    ORDER = "payment order required"
    DISCUSSED = "a question and its answer"
    CHASED = "the initiator asks for speed"
    DUPLICATE = "looks like one before"
    FOLLOWED = "the financial director follows"
    IN_PARTS = "paid in two parts"
    BANK_RETURN = "sent back by the bank"
    HELD_AND_RELEASED = "held for a while"
    MOVED = "the accountant moves it"
    DUE = "due on the planned day"


@dataclass(frozen=True, slots=True)
class Plot:
    """One invoice: who asks for what, when, and how it ends."""

    place: int
    supplier: str
    initiator: str
    ending: Ending
    starts: datetime
    planned_on: date
    purpose: str
    approval_type: str = "HIERARCHY"
    choice: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    twists: frozenset[Twist] = frozenset()
    request: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A plot in the words of the table below: days are working days from today."""

    ending: Ending
    supplier: str
    initiator: str
    began: int
    planned: int
    twists: tuple[Twist, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    approval_type: str = "HIERARCHY"
    choice: tuple[str, ...] = ()


E, M, T = Ending, Mistake, Twist
OPEN = (
    Sketch(E.DRAFT, "fotonika", "anna", 1, 7),
    Sketch(E.DRAFT, "mediagora", "anna", 2, 9),
    Sketch(E.DRAFT, "ofisia", "maria", 1, 6),
    Sketch(E.DRAFT, "zhelezo", "kirill", 3, 8),
    Sketch(E.STEP1, "mediagora", "anna", 1, 4, (T.FOLLOWED,)),
    Sketch(E.STEP1, "klikmetrika", "anna", 1, 3, (T.CHASED,)),
    Sketch(E.STEP1, "printoteka", "anna", 2, 5),
    Sketch(E.STEP1, "eventum", "anna", 3, 6, (T.DISCUSSED,)),
    Sketch(E.STEP1, "fotonika", "anna", 1, 8, (), (), "MY_CHOICE", ("boris", "gleb")),
    Sketch(E.STEP1, "klikmetrika", "anna", 4, 5),
    Sketch(E.STEP1, "telekont", "kirill", 2, 4),
    Sketch(E.STEP1, "kadry", "maria", 1, 6),
    Sketch(E.STEP1, "tamozh", "yana", 1, 2, (T.DISCUSSED,)),
    Sketch(E.STEP2, "eventum", "anna", 3, 4, (T.DISCUSSED, T.ACT)),
    Sketch(E.STEP2, "mediagora", "anna", 5, 5, (), (M.CONTRACT,)),
    Sketch(E.STEP2, "cloudia", "peter", 2, 5),
    Sketch(E.STEP2, "uborka", "maria", 3, 4, (T.ACT,)),
    Sketch(E.STEP2, "more", "yana", 2, 3, (T.CHASED,)),
    Sketch(E.STEP2, "spedition", "emma", 2, 6, (T.CLIENT,)),
    Sketch(E.STEP3, "zhelezo", "kirill", 4, 7, (T.DISCUSSED, T.FOLLOWED)),
    Sketch(E.STEP3, "printoteka", "anna", 4, 5, (), (M.AMOUNT,)),
    Sketch(E.STEP3, "codewarden", "peter", 4, 6),
    Sketch(E.STEP3, "kadry", "maria", 4, 5, (), (M.CENTRE,)),
    Sketch(E.STEP3, "hostara", "kirill", 3, 3),
    Sketch(E.STEP3, "medosmotr", "maria", 3, 8),
    Sketch(E.HELD, "licenzor", "kirill", 5, 4, (T.DISCUSSED,)),
    Sketch(E.REWORK, "eventum", "anna", 2, 5, (), (M.ACT,)),
    Sketch(E.REWORK, "klikmetrika", "anna", 5, 6, (T.DISCUSSED,), (M.AMOUNT, M.CENTRE)),
    Sketch(E.REWORK, "telekont", "maria", 2, 6, (), (M.CONTRACT,)),
    Sketch(E.REWORK, "vkusno", "maria", 3, 3, (), (M.CENTRE,)),
    Sketch(E.REWORK, "zhelezo", "kirill", 4, 7, (), (M.AMOUNT,)),
    Sketch(E.REWORK, "translat", "emma", 2, 7, (), (M.ACT,)),
    Sketch(E.REJECTED, "fotonika", "anna", 12, -4),
    Sketch(E.REJECTED, "drony", "jonas", 21, -12, (T.DISCUSSED,), (), "LIST"),
    Sketch(E.REJECTED, "zhelezo", "kirill", 6, 2, (), (M.CENTRE,)),
    Sketch(E.WITHDRAWN, "vkusno", "maria", 9, -2),
    Sketch(E.WITHDRAWN, "mietwerk", "emma", 5, 3),
    Sketch(E.TO_PAY, "arendator", "daria", 6, 0, (T.DUE,)),
    Sketch(E.TO_PAY, "mediagora", "anna", 7, 0, (T.CHASED,)),
    Sketch(E.TO_PAY, "hostara", "kirill", 6, 0, (T.ORDER,)),
    Sketch(E.TO_PAY, "mietwerk", "emma", 5, 0, (T.DUE,)),
    Sketch(E.TO_PAY, "tamozh", "yana", 6, 0),
    Sketch(E.TO_PAY, "pogruz", "ruslan", 11, -5, (T.DUE, T.DISCUSSED)),
    Sketch(E.TO_PAY, "perevoz", "ruslan", 9, -3, (T.CHASED,)),
    Sketch(E.TO_PAY, "uchebka", "daria", 8, -2, (T.DUE,)),
    Sketch(E.TO_PAY, "kater", "yana", 9, -3, (T.DUE,)),
    Sketch(E.TO_PAY, "plskan", "emma", 8, -2),
    Sketch(E.TO_PAY, "klikmetrika", "anna", 10, -4, (), (M.AMOUNT,)),
    Sketch(E.TO_PAY, "ofisia", "maria", 5, 1),
    Sketch(E.TO_PAY, "telekont", "kirill", 6, 1, (T.ACT,)),
    Sketch(E.TO_PAY, "perevoz", "ruslan", 5, 1),
    Sketch(E.TO_PAY, "pallety", "ruslan", 4, 2, (T.CHASED,)),
    Sketch(E.TO_PAY, "metall", "ruslan", 8, 2, (T.DISCUSSED, T.FOLLOWED)),
    Sketch(E.TO_PAY, "yurist", "daria", 6, 2, (T.ACT,), (), "LIST"),
    Sketch(E.TO_PAY, "cloudia", "peter", 7, 3),
    Sketch(E.TO_PAY, "steuer", "jonas", 5, 1),
    Sketch(E.TO_PAY, "kommunika", "jonas", 9, 3, (T.DISCUSSED,), (), "MY_CHOICE", ("andrey", "gleb")),
    Sketch(E.TO_PAY, "czplast", "emma", 6, 2, (T.CLIENT,)),
    Sketch(E.TO_PAY, "snab_pk", "yana", 6, 2, (T.CLIENT,)),
    Sketch(E.TO_PAY, "ofis_vl", "timur", 5, 3),
    Sketch(E.TO_PAY, "uborka", "maria", 7, 4, (), (M.ACT,)),
    Sketch(E.TO_PAY, "rodnik", "maria", 6, 5),
    Sketch(E.HELD_TO_PAY, "metall", "ruslan", 9, 1),
    Sketch(E.HELD_TO_PAY, "papier", "emma", 7, 1),
    Sketch(E.PARTLY, "eventum", "anna", 10, -2, (T.DISCUSSED, T.ORDER)),
    Sketch(E.PARTLY, "metall", "ruslan", 11, -3),
    Sketch(E.PARTLY, "kommunika", "jonas", 9, -2),
    Sketch(E.SENT, "perevoz", "ruslan", 7, -1),
    Sketch(E.SENT, "svyaz_vl", "yana", 6, -1),
    Sketch(E.SENT, "spedition", "emma", 7, -1),
)  # fmt: skip
# What happened to some of those that were paid, by their place among them.
PAST: Mapping[int, tuple[tuple[Twist, ...], tuple[Mistake, ...]]] = {
    3: ((T.DISCUSSED, T.ACT), ()),
    5: ((), (M.CONTRACT,)),
    8: ((T.CLIENT,), ()),
    11: ((T.DISCUSSED,), (M.AMOUNT,)),
    14: ((T.ORDER, T.ACT), ()),
    16: ((T.IN_PARTS, T.ORDER), ()),
    19: ((T.CHASED,), (M.CENTRE, M.ACT)),
    22: ((T.BANK_RETURN,), ()),
    25: ((T.HELD_AND_RELEASED, T.DISCUSSED), ()),
    28: ((), (M.ACT_AT_PAYMENT,)),
    31: ((T.FOLLOWED, T.DISCUSSED), (M.AMOUNT,)),
    34: ((T.ORDER,), ()),
    37: ((T.CLIENT, T.ACT), ()),
    40: ((T.DRAFTED, T.ACT), ()),
    43: ((T.DUPLICATE, T.DISCUSSED), ()),
    46: ((T.IN_PARTS,), (M.CENTRE,)),
    49: ((T.CHASED, T.ORDER), ()),
    52: ((), (M.AMOUNT, M.CENTRE)),
    55: ((T.DISCUSSED,), (M.ACT_AT_PAYMENT,)),
    58: ((T.DRAFTED,), ()),
    61: ((T.BANK_RETURN, T.CHASED), ()),
    64: ((T.ACT, T.ORDER), ()),
    67: ((T.DISCUSSED, T.FOLLOWED), (M.CONTRACT,)),
    70: ((T.CLIENT,), (M.CENTRE,)),
    73: ((T.DUPLICATE,), ()),
    76: ((T.HELD_AND_RELEASED,), ()),
}


def plots(
    suppliers: Mapping[str, Supplier],
    calendar: WorkingCalendar,
    *,
    since: datetime,
    until: datetime,
) -> Iterator[tuple[Plot, Bill]]:
    """Return everything that is going to happen, the same for the same moments."""
    today = calendar.on_or_after(until.date())
    bills: dict[str, Bill] = {}
    asked: Counter[str] = Counter()
    past = _past(suppliers, calendar, since, calendar.add_working_days(today, -QUIET_END))
    present = (_open(sketch, calendar, today, until) for sketch in OPEN)
    for place, (sketch, starts, planned_on) in enumerate((*past, *present), start=1):
        dice, supplier = Random(f"plot {place}"), suppliers[sketch.supplier]
        said: Mapping[str, Any] = supplier.said
        asked[supplier.key] += 1
        twin = bills.get(supplier.key) if T.DUPLICATE in sketch.twists else None
        plot = Plot(
            place=place,
            supplier=supplier.key,
            initiator=sketch.initiator,
            ending=sketch.ending,
            starts=starts,
            planned_on=planned_on,
            purpose=said["purposes"][asked[supplier.key] % len(said["purposes"])],
            approval_type=sketch.approval_type,
            choice=sketch.choice,
            mistakes=sketch.mistakes,
            twists=frozenset(sketch.twists),
            request=f"CR-{dice.randint(200, 990)}",
        )
        bills[supplier.key] = _bill(plot, supplier, dice, twin)
        yield plot, bills[supplier.key]


def _past(
    suppliers: Mapping[str, Supplier], calendar: WorkingCalendar, since: datetime, last: date
) -> list[tuple[Sketch, datetime, date]]:
    """Spread what was paid over the months, every supplier in its turn."""
    dice, keys = Random("past"), [*suppliers]
    dice.shuffle(keys)
    first = since.date() + timedelta(days=QUIET_START)
    days = (last - first).days
    found = []
    for place in range(PAID_ONES):
        key = keys[place % len(keys)]
        twists, mistakes = PAST.get(place, ((), ()))
        # Its twin came right before.
        key = keys[(place - 1) % len(keys)] if T.DUPLICATE in twists else key
        if not suppliers[key].said.get("contract"):
            mistakes = tuple(M.CENTRE if row is M.CONTRACT else row for row in mistakes)
        initiator = dice.choice(suppliers[key].said["people"])
        kind, choice = _kind(dice, initiator)
        day = calendar.on_or_after(first + timedelta(days=days * place // PAID_ONES))
        if T.DUPLICATE in twists:
            day = calendar.add_working_days(day, 3)
        planned = calendar.add_working_days(day, dice.randint(4, 8))
        sketch = Sketch(E.PAID, key, initiator, 0, 0, twists, mistakes, kind, choice)
        found.append((sketch, _morning(day, dice), planned))
    return found


def _kind(dice: Random, initiator: str) -> tuple[str, tuple[str, ...]]:
    kind = dice.choices(("HIERARCHY", "LIST", "MY_CHOICE"), (60, 22, 18))[0]
    if kind != "MY_CHOICE":
        return kind, ()
    chosen = dict.fromkeys((MANAGERS[initiator], "gleb"))
    return kind, tuple(chosen)[: dice.randint(1, 2)]


def _open(
    sketch: Sketch, calendar: WorkingCalendar, today: date, until: datetime
) -> tuple[Sketch, datetime, date]:
    dice = Random(f"open {sketch.supplier} {sketch.began}")
    began = calendar.add_working_days(today, -sketch.began)
    planned = calendar.add_working_days(today, sketch.planned)
    return sketch, min(_morning(began, dice), until - timedelta(hours=3)), planned


def _morning(day: date, dice: Random) -> datetime:
    return datetime.combine(day, time(6, dice.randint(5, 59)), UTC) + timedelta(
        minutes=dice.randint(0, 120)
    )


def _bill(plot: Plot, supplier: Supplier, dice: Random, twin: Bill | None) -> Bill:
    said = supplier.said
    issued = plot.starts.date() - timedelta(days=dice.randint(0, 4))
    due_after = 0 if T.DUE in plot.twists else dice.randint(3, 12)
    goods = dice.sample(said["goods"], dice.randint(1, len(said["goods"])))
    lines = tuple(
        Line(name, unit, _quantity(dice, most), _price(supplier, price))
        for name, unit, price, most in goods
    )
    return Bill(
        supplier=supplier,
        payer=ENTITIES[said["payer"]],
        number=twin.number if twin else _number(plot, supplier, issued, dice),
        issued_on=issued,
        due_on=plot.planned_on + timedelta(days=due_after),
        lines=twin.lines if twin else lines,
    )


def _price(supplier: Supplier, price: float) -> int:
    """Return a price in minor units, as the supplier states it: with VAT, in German without."""
    is_net = supplier.said["layout"] == "german"
    return (
        round(price * 10_000 / (100 + int(supplier.said["vat"]))) if is_net else round(price * 100)
    )


def _quantity(dice: Random, most: int) -> int:
    if most <= 30:
        return dice.randint(1, most)
    # Nobody orders 437 reams of paper.
    return 10 * dice.randint(1, most // 10)


def _number(plot: Plot, supplier: Supplier, issued: date, dice: Random) -> str:
    serial = 40 + plot.place * 3 + dice.randint(0, 2)
    return {
        "classic": f"{serial}",
        "modern": f"УТ-{1200 + serial}",
        "simple": f"{serial // 3}/{issued:%m}",
        "english": f"INV-{issued.year}-{serial:04d}",
        "german": f"RE-{issued:%Y%m}-{serial}",
    }[str(supplier.said["layout"])]
