"""Several payments at once: choose, look over with the orders found, record; what became of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from akcept.cases import queries
from akcept.engine.refusals import InvalidInput
from akcept.engine.tasks import TaskKind
from akcept.payments import batch
from akcept.web.asking import Ask, ask, door
from akcept.web.forms import payments, uploads
from akcept.web.present import batches
from akcept.wording import fields


@door("GET", "POST")
def pay_several(request: HttpRequest) -> HttpResponseBase:
    """Offer what waits for payment, show the plan, or record it."""
    asked = ask(request)
    if request.method == "GET" or request.POST.get("do") not in {"plan", "pay"}:
        return _choose(request, asked)
    try:
        if request.POST["do"] == "plan":
            return _plan(request, asked)
        return _pay(request, asked)
    except InvalidInput as refusal:
        wrong = {name: fields.words(code) for name, code in refusal.errors.items()}
        return _choose(request, asked, wrong=wrong, status=422)


def _choose(
    request: HttpRequest, asked: Ask, *, wrong: dict[str, str] | None = None, status: int = 200
) -> HttpResponseBase:
    page = queries.inbox(by=asked.by, kind=TaskKind.PAY, at=asked.at, limit=batch.AT_MOST)
    marked = {*request.GET.getlist("case"), *request.POST.getlist("case")}
    told = batches.choice(page.tasks, marked, request.POST, wrong or {})
    return render(request, "web/pay/choose.html", told, status=status)


def _plan(request: HttpRequest, asked: Ask) -> HttpResponseBase:
    sent = uploads.gather(request, by=asked.by.id, at=asked.at)
    orders = [batch.NamedFile(file.sha256, file.name) for file in sent.kept]
    plan = batch.plan(
        by=asked.by,
        case_ids=payments.cases(request.POST),
        on=payments.day(request.POST),
        orders=orders,
        first=payments.first_numbers(request.POST),
        at=asked.at,
    )
    told = batches.plan(plan, sent)
    return render(request, "web/pay/plan.html", told)


def _pay(request: HttpRequest, asked: Ask) -> HttpResponseBase:
    results = batch.pay(
        by=asked.by,
        rows=payments.rows(request.POST, by=asked.by.id),
        on=payments.day(request.POST),
        at=asked.at,
        key=asked.key,
    )
    told = batches.results(results, by=asked.by, at=asked.at)
    return render(request, "web/pay/done.html", told)
