"""The living style guide: every component with made-up content."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Made

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from akcept.engine.money import Money
from akcept.kit import clock
from akcept.web import statuses

RUB = Money(12_000_000, "RUB")
EUR = Money(231_000, "EUR")
DAY = date(2026, 11, 23)
THEN = datetime(2026, 11, 21, 10, 2, tzinfo=UTC)
CHANGES = [
    Made(label=_("Amount"), old="100 000,00 ₽", new="120 000,00 ₽"),
    Made(label=_("Comment"), old="", new="Хостинг, ноябрь"),
]


class SampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(label=_("Title"), help_text=_("What people will see in their lists."))
    amount = forms.CharField(
        label=_("Amount"),
        widget=forms.TextInput({"class": "ak-input-money", "inputmode": "decimal"}),
    )
    planned_on = forms.DateField(
        label=_("Planned date"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=DAY,
    )
    payer = forms.ChoiceField(label=_("Payer"), choices=[("1", "ООО «Альфа»"), ("2", "Alpha GmbH")])
    comment = forms.CharField(
        label=_("Comment"), widget=forms.Textarea, required=False, help_text=_("What it is for.")
    )
    order = forms.BooleanField(label=_("Payment order required"), required=False)


def _cases() -> list[Made]:
    states = [*statuses.STATES]
    names = ["ООО «Ромашка»", "ACME GmbH", "ИП Петров П. П.", "АО «Северные линии связи»"]
    return [
        Made(
            id=f"c{number}",
            url="#",
            number=number,
            kind="",
            title=f"№ {number} · {names[number % 4]}",
            counterparty=names[number % 4],
            comment="Хостинг и домены, ноябрь 2026",
            amount=EUR if number % 4 == 1 else RUB,
            planned_on=DAY,
            state=states[number % 8],
            now_with=_("you") if number % 3 else "Petrova A.",
            since=clock.now() - timedelta(hours=3 + number * 7),
            late=number % 4 == 2,
            badges=[[], [("NEW_ACCOUNT", "")], [("OVERDUE", "")], [("MOVED", "×2")]][number % 4],
            dots=["done", "current", "upcoming", "upcoming"],
            step=2,
            revision=1,
            drag_url="#",
        )
        for number in range(42, 50)
    ]


def _steps() -> list[Made]:
    base = {"acting_for": "", "at": None, "since": None, "why": "", "remark": "", "position": ""}
    return [
        Made(
            **base
            | {
                "state": "done",
                "who": "Иванов И. И.",
                "position": "head of department",
                "words": _("Approved"),
                "at": THEN,
                "remark": "Сумма сверена с договором.",
            }
        ),
        Made(
            **base
            | {
                "state": "done",
                "who": "Dana Rein",
                "acting_for": "Boris Orlov",
                "words": _("Approved"),
                "at": THEN,
            }
        ),
        Made(
            **base
            | {
                "state": "current",
                "who": "Vera Petrova",
                "position": "lawyer",
                "words": _("In approval"),
                "since": clock.now() - timedelta(hours=4),
            }
        ),
        Made(
            **base
            | {
                "state": "skipped",
                "who": "Gleb Sokolov",
                "words": _("Not needed"),
                "why": _("covered by step 2"),
            }
        ),
        Made(**base | {"state": "upcoming", "who": "Clara Lind", "words": _("To pay")}),
    ]


def _pay(number: int, kind: str, on: date) -> Made:
    return Made(
        id=number,
        kind=kind,
        on=on,
        url="#",
        title="ООО «Ромашка»",
        amount=RUB,
        moved=2 if number % 2 else 0,
        move_url="#",
        reason_after=True,
    )


def _weeks() -> list[list[Made]]:
    today = date(2026, 11, 25)
    first = date(2026, 11, 16)
    kinds = ["", "paid", "forecast", "overdue", "held"]
    cells = []
    for offset in range(14):
        on = first + timedelta(days=offset)
        off = on.weekday() > 4
        pays = (
            []
            if off
            else [_pay(offset * 10 + n, kinds[(offset + n) % 5], on) for n in range(offset % 3)]
        )
        cells.append(
            Made(
                on=on,
                is_off=off,
                is_outside=False,
                is_today=on == today,
                is_barred="",
                name="",
                totals=(),
                pays=pays,
                more=(offset % 5 == 2) * 3,
                more_url="#",
            )
        )
    return [cells[:7], cells[7:]]


def _feed(cases: list[Made]) -> list[Made]:
    act = Made(
        reason=False, url="#", verb=_("Approve"), tone="primary", icon="check", id="", solid=""
    )
    back = Made(
        reason=True,
        url="#",
        verb=_("Return for rework"),
        title=_("Return for rework"),
        tone="",
        icon="arrow-back-up",
        id="feed-return",
        solid="primary",
    )
    return [
        Made(
            id=1,
            who="Vera Petrova",
            words=_("asks for approval"),
            at=clock.now(),
            remark="",
            case=cases[7],
            actions=[act, back],
        ),
        Made(
            id=2,
            who="",
            words=_("moved an unpaid invoice to 23.11.2026"),
            at=THEN,
            remark="",
            case=cases[3],
            actions=[],
        ),
        Made(
            id=3,
            who="Clara Lind",
            words=_("paid, payment order 118"),
            at=THEN,
            remark="Спасибо!",
            case=None,
            actions=[],
        ),
    ]


def _talk() -> dict[str, object]:
    """Return what people did, said and remarked."""
    return {
        "events": [
            Made(
                who="Anna Belova",
                acting_for="",
                words=_("changed the card"),
                at=THEN,
                remark="",
                changes=CHANGES,
                icon="edit",
            ),
            Made(
                who="Dana Rein",
                acting_for="Boris Orlov",
                words=_("returned for rework"),
                at=THEN,
                remark="Нет договора.",
                changes=[],
                icon="arrow-back-up",
            ),
        ],
        "remarks": [
            Made(id=1, text="Нет договора", who="Vera Petrova", at=THEN, done=False, answer=""),
            Made(id=2, text="Неверная сумма", who="Boris Orlov", at=THEN, done=True, answer=""),
        ],
    }


def _rest() -> dict[str, object]:
    """Return tabs, notices, files and reasons."""
    return {
        "tabs": [
            Made(code="a", url="#", label=_("Details"), count=0),
            Made(code="b", url="#", label=_("Discussion"), count=3),
            Made(code="c", url="#", label=_("History"), count=12),
        ],
        "notices": [
            Made(
                url="#",
                text=_("Approval of invoice 49"),
                note="ООО «Ромашка»",
                is_new=True,
                icon="list-check",
                at=clock.now(),
            ),
            Made(
                url="#",
                text=_("Invoice 41 is paid"),
                note="",
                is_new=False,
                icon="circle-check",
                at=THEN,
            ),
        ],
        "purposes": [("INVOICE", _("Invoice")), ("CONTRACT", _("Contract")), ("ACT", _("Act"))],
        "files": [
            Made(name="счёт-49.pdf", url="1", page_url="#"),
            Made(name="договор.pdf", url="2", page_url="#"),
        ],
        "shown": Made(name="счёт-49.pdf", url="1", kind="other", download_url="#", preview_url=""),
        "reasons": [_("No contract"), _("Wrong amount"), _("Wrong payer"), _("Other")],
    }


def guide(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    cases = _cases()
    weeks = _weeks()
    wrong = SampleForm({"title": "", "amount": "0", "planned_on": "2026-13-01", "payer": "1"})
    return render(
        request,
        "guide/page.html",
        {
            "place": "feed",
            "states": statuses.STATES,
            "badges": statuses.BADGES,
            "rub": RUB,
            "eur": EUR,
            "then": THEN,
            "cases": cases,
            "groups": [{"steps": [step]} for step in _steps()],
            "form": SampleForm(auto_id="ok_%s"),
            "wrong": wrong,
            "changes": CHANGES,
            "weeks": weeks,
            "week": weeks[1:],
            "days": [c for c in weeks[1] if c.pays],
            "weekdays": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
            "feed": _feed(cases),
            "soon": clock.now() + timedelta(seconds=10),
        }
        | _talk()
        | _rest(),
    )


urlpatterns = [
    path("styleguide/", guide, name="styleguide"),
    path("", include("akcept.project.urls")),
]
