"""Looking: the registry, a card, its history and files, one's tasks and feed."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated, Literal
from uuid import UUID

from django.http import FileResponse, HttpResponse
from ninja import Path, Query
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import (
    CaseOut,
    CasePageOut,
    CaseRowOut,
    FeedOut,
    FileOut,
    HistoryOut,
    Out,
    TaskPageOut,
    case_out,
)
from akcept.api.taken import Amount, Currency, Day, In, Line, minor_units
from akcept.cases import queries
from akcept.cases.filters import RegistryFilter
from akcept.cases.own_lists import compared
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput
from akcept.engine.tasks import TaskKind
from akcept.files import queries as files
from akcept.parties import queries as parties
from akcept.reports import approval_sheet as sheets

door = Door(tags=["Documents"])
Limit = Annotated[int, Field(ge=1, le=200)]


class Filters(In):
    """Every one narrows. Amounts need their currency.

    `own` narrows by fields of the type's own, beside `type`: `code=value` (a part of a text, the code of a choice, an
    id), for numbers, sums and days also `code>=value` and `code<=value`; a sum is `1000.00` or `1000.00 RUB`.
    """

    text: Line = ""
    states: list[State] = []
    type: Line = ""
    entity: UUID | None = None
    counterparty: UUID | None = None
    initiator: UUID | None = None
    holder: UUID | None = None
    amount_from: Amount | None = None
    amount_to: Amount | None = None
    currency: Currency | None = None
    issued_from: Day | None = None
    issued_to: Day | None = None
    planned_from: Day | None = None
    planned_to: Day | None = None
    due_from: Day | None = None
    due_to: Day | None = None
    category: UUID | None = None
    cost_centre: UUID | None = None
    project: UUID | None = None
    paid_from: Day | None = None
    paid_to: Day | None = None
    in_file: Line = ""
    mine: bool = False
    overdue: bool = False
    due_this_week: bool = False
    held: bool = False
    flagged: bool = False
    no_contract: bool = False
    no_file: bool = False
    own: Annotated[list[Line], Field(max_length=20)] = []

    def filter(self) -> RegistryFilter:
        """Return what the registry is to be narrowed to; refuses an amount without its currency."""
        same = self.model_dump(
            exclude={"type", "states", "amount_from", "amount_to", "currency", "own"}
        )
        return RegistryFilter(
            **same,
            doctype=self.type,
            states=tuple(self.states),
            own=tuple(compared(one) for one in self.own),
            currency=self.currency or "",
            amount_from=self._minor("amount_from", self.amount_from),
            amount_to=self._minor("amount_to", self.amount_to),
        )

    def _minor(self, field: str, amount: str | None) -> int | None:
        if amount is None:
            return None
        if self.currency is None:
            raise InvalidInput({"currency": "REQUIRED"})
        return minor_units(amount, self.currency, field)


FILTER_NAMES = {*Filters.model_fields, "after", "limit"}


@door.read("/cases", CasePageOut, summary="The registry")
def list_cases(
    request: ApiRequest, filters: Query[Filters], after: UUID | None = None, limit: Limit = 50
) -> CasePageOut:
    """Return the documents you may see, newest first; page on with `after` = `older`."""
    # A misspelt filter would show everything as if it fitted.
    if unknown := set(request.GET) - FILTER_NAMES:
        raise InvalidInput(dict.fromkeys(sorted(unknown), "UNKNOWN_FIELD"))
    call = request.auth
    page = queries.registry(
        by=call.by,
        filters=filters.filter(),
        at=call.at,
        after=str(after) if after else None,
        limit=limit,
    )
    return CasePageOut.model_validate(page)


class FoundCaseOut(Out):
    row: CaseRowOut
    way: Literal["NUMBER", "AMOUNT", "WORDS", "FILE"]


class FoundPartyOut(Out):
    id: UUID
    name: str
    inn: str
    vat_id: str


class FoundOut(Out):
    """What a search found, the surest first."""

    cases: list[FoundCaseOut]
    counterparties: list[FoundPartyOut]


@door.read("/search", FoundOut, summary="Search")
def search(
    request: ApiRequest, text: Line, limit: Annotated[int, Field(ge=1, le=50)] = 10
) -> FoundOut:
    """Find by number, counterparty, ИНН, amount, words or the text of files; in any script, layout, and with slips."""
    call = request.auth
    hits = queries.find(by=call.by, text=text, at=call.at, limit=limit)
    return FoundOut(
        cases=[FoundCaseOut.model_validate({"row": hit.row, "way": hit.way.name}) for hit in hits],
        counterparties=[
            FoundPartyOut.model_validate(line) for line in parties.suggest(text=text, limit=limit)
        ],
    )


@door.read("/cases/{uuid:case_id}", CaseOut, summary="A document")
def show_case(request: ApiRequest, response: HttpResponse, case_id: UUID) -> CaseOut:
    """Return the whole card with what you may do now; its ETag is the revision, for If-Match."""
    call = request.auth
    card = queries.case_card(by=call.by, case_id=case_id, at=call.at)
    response["ETag"] = f'"{card.revision}"'
    return case_out(card)


@door.read("/cases/{uuid:case_id}/history", list[HistoryOut], summary="What happened")
def show_history(request: ApiRequest, case_id: UUID) -> list[HistoryOut]:
    """Return every entry of the record of a document."""
    found = queries.history(by=request.auth.by, case_id=case_id, at=request.auth.at)
    return [HistoryOut.model_validate(entry) for entry in found]


@door.read("/cases/{uuid:case_id}/files", list[FileOut], summary="Its files")
def list_files(request: ApiRequest, case_id: UUID) -> list[FileOut]:
    """Return every version of every file."""
    call = request.auth
    card = queries.case_card(by=call.by, case_id=case_id, at=call.at)
    return [FileOut.model_validate(file) for file in card.files]


@door.download("/cases/{uuid:case_id}/files/{number}/content", summary="Download a file")
def download_file(
    request: ApiRequest, case_id: UUID, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> FileResponse:
    """Return the contents of a file as they came in."""
    call = request.auth
    card = queries.file(by=call.by, case_id=case_id, attachment=number, at=call.at)
    return attached(card.sha256, card.name, card.media_type)


def attached(sha256: str, name: str, media_type: str) -> FileResponse:
    """Return the contents of a file to be saved."""
    response = FileResponse(
        files.content(sha256=sha256),
        as_attachment=True,
        filename=name,
        content_type=media_type,
    )
    response["ETag"] = f'"{sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@door.download("/cases/{uuid:case_id}/approval-sheet", summary="Its approval sheet")
def approval_sheet(request: ApiRequest, case_id: UUID) -> FileResponse:
    """Return the approval sheet as PDF, in the language of the token's owner."""
    name, content = sheets.pdf(by=request.auth.by, case_id=case_id, at=request.auth.at)
    response = FileResponse(BytesIO(content), filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@door.read("/tasks", TaskPageOut, summary="What I have to do")
def list_tasks(
    request: ApiRequest,
    kind: TaskKind | None = None,
    after: UUID | None = None,
    limit: Limit = 50,
) -> TaskPageOut:
    """Return your open tasks and those of whom you deputise for."""
    call = request.auth
    page = queries.inbox(
        by=call.by, kind=kind, at=call.at, after=str(after) if after else None, limit=limit
    )
    return TaskPageOut.model_validate(page)


@door.read("/feed", FeedOut, summary="What happened on my documents")
def show_feed(
    request: ApiRequest,
    before: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None,
    only: Literal["mine", "mentions", "payments", "comments"] | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 30,
) -> FeedOut:
    """Return what happened, newest first; `only` narrows it as the page does; page on with `before` = `older`."""
    call = request.auth
    page = queries.feed(by=call.by, at=call.at, only=only, before=before, limit=limit)
    return FeedOut.model_validate(page)
