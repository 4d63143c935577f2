"""The registry of invoices: a table and a board over the same filters."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from akcept.cases import queries, saved
from akcept.cases.filters import RegistryFilter
from akcept.doctypes import queries as doctypes
from akcept.reports.registry import write_csv, write_xlsx
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.filters import FilterForm
from akcept.web.present import board
from akcept.web.present import registry as present
from akcept.web.present.lines import case_line
from akcept.web.reading import key
from akcept.web.shell import place_of
from akcept.wording import documents
from akcept.wording.details import label_of

EXPORTS = {"csv": write_csv, "xlsx": write_xlsx}
# What stands in the panel that is closed at first.
MORE = (
    "planned_from", "planned_to",
    "due_from", "due_to", "issued_from", "issued_to", "paid_from", "paid_to", "amount_from", "amount_to",
    "currency", "category", "cost_centre", "project", "doctype", "in_file",
    "mine", "overdue", "due_this_week", "held", "flagged", "no_contract", "no_file",
)  # fmt: skip


@door("GET")
def registry(request: HttpRequest) -> HttpResponseBase:
    """Show the cases a person sees under the filters of the URL; what is not understood is said at its field."""
    asked = ask(request)
    cards = saved.views(by=asked.by, at=asked.at)
    first = next((card for card in cards if card.is_first), None)
    if first is not None and not request.GET:
        return redirect(f"{reverse('web:registry')}?{present.opening(first)}")
    form = FilterForm(request.GET)
    filters = form.filters()
    view = "kanban" if request.GET.get("view") == "kanban" else ""
    shown = _board(request, asked, filters) if view else _table(request, asked, filters)
    around = {
        "place": place_of(request.GET.get("doctype", "")),
        "form": form,
        "more": [form[name] for name in (*form.own.names(picked=False), *MORE)],
        "picks": present.picks(form),
        "is_narrow": present.is_narrow(form),
        "view": view,
        "chips": present.chips(form, request.GET, view=view),
        "presets": present.presets(request.GET, by=asked.by, view=view),
        "clear_url": present.everything(view=view, has_first=first is not None),
        "views": present.views(cards, request.GET, view=view),
        "may_share": saved.may_share(by=asked.by, at=asked.at),
        "columns": present.columns(request.GET, doctype=filters.doctype),
        "all_columns": present.COLUMNS.items(),
        "kept": present.kept(request.GET, view=view),
        "narrowed": present.narrowing(request.GET),
        "table_url": present.address(request.GET),
        "kanban_url": present.address(request.GET, view="kanban"),
        "query": present.filters_of(request.GET).urlencode(),
    }
    around |= _type(request, asked, filters.doctype)
    status = 422 if form.errors else 200
    return render(request, "web/registry/registry.html", around | shown, status=status)


def _type(request: HttpRequest, asked: Ask, code: str) -> dict[str, object]:
    """Return what the documents of one type are called, and where the person may begin one."""
    type_ = next((card for card in doctypes.type_cards() if card.code == code), None)
    if type_ is None or request.GET.get("doctype") != code:
        return {}
    told: dict[str, object] = {"type_name": documents.plural(type_)}
    if doctypes.may_start(types=[type_], person_id=asked.by.id, at=asked.at):
        url = reverse("web:new-document", args=[code])
        told |= {"type_new_url": url, "type_new": documents.new(type_)}
    return told


@door("GET")
def totals(request: HttpRequest) -> HttpResponse:
    """Count and add up what the filters find; asked for after the rows."""
    asked = ask(request)
    found = queries.registry_totals(
        by=asked.by, filters=FilterForm(request.GET).filters(), at=asked.at
    )
    shown = {
        "count": present.count_words(found),
        "n": found.count,
        "sums": found.sums,
        "back_url": present.address(request.GET),
    }
    part = "totals" if request.headers.get("HX-Request") else "totals_page"
    return render(request, f"web/registry/{part}.html", shown)


@door("POST")
def export(request: HttpRequest) -> HttpResponseBase:
    """Give what the filters find as a file; that it was taken along is on record, so it is no GET."""
    asked = ask(request)
    form = request.POST.get("format", "")
    write = EXPORTS.get(form, write_csv)
    stream = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write(by=asked.by, filters=FilterForm(request.GET).filters(), at=asked.at, stream=stream)
    stream.seek(0)
    name = f"akcept-{timezone.localtime(asked.at):%Y-%m-%d}.{form if form in EXPORTS else 'csv'}"
    return FileResponse(stream, as_attachment=True, filename=name)


def _table(request: HttpRequest, asked: Ask, filters: RegistryFilter) -> dict[str, object]:
    after = key(request.GET.get("after"))
    page = queries.registry(by=asked.by, filters=filters, at=asked.at, after=after)
    own = present.own_columns(filters.doctype)
    return {
        "rows": [case_line(row, by=asked.by, own=own) for row in page.rows],
        "own_heads": [label_of(field) for field in own],
        "older_url": present.address(request.GET, after=page.older) if page.older else "",
        "newest_url": present.address(request.GET) if after else "",
    }


def _board(request: HttpRequest, asked: Ask, filters: RegistryFilter) -> dict[str, object]:
    columns = queries.kanban(by=asked.by, filters=filters, at=asked.at)
    return {"lanes": board.lanes(columns, request.GET, by=asked.by)}
