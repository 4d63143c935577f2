"""What stands above single people: waiting changes, days with nobody to decide, duties, and the import."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, WithJsonSchema

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Moment, Out
from akcept.api.people_shapes import DoneOut, ExceptionOut
from akcept.api.taken import In, Line
from akcept.cases import confirming
from akcept.cases import coverage as covered
from akcept.cases.coverage import Post
from akcept.doctypes import queries as doctypes
from akcept.people import access, carrying_out
from akcept.people.codes import TokenScope
from akcept.people.duties import RULES, Duty, RuleCode, Within
from akcept.people.import_previews import Becomes, Preview
from akcept.people.tables import TABLES
from akcept.reports import duties

door = Door(tags=["People"])
ADMINISTER = TokenScope.ADMINISTER
# The description does not name the limit: whatever is longer is refused as too large a body anyway.
Csv = Annotated[str, Field(max_length=1_000_000), WithJsonSchema({"type": "string"})]


class DifferenceOut(Out):
    field: str
    old: str | None
    new: str | None


class ChangeOut(Out):
    id: UUID
    command: str
    subject: str
    author_id: UUID
    author: str
    proposed_at: Moment
    differences: list[DifferenceOut]


class DeclineIn(In):
    remark: Line = ""


class GapOut(Out):
    """Days, both included, on which a payer, a stage or a manager is missing."""

    post: Post
    name: str
    stage: str
    people: list[UUID]
    first: date
    last: date


class RuleOut(Out):
    code: RuleCode
    first: Duty
    second: Duty
    within: Within
    is_hard: bool
    has_exceptions: bool


class ConflictOut(Out):
    rule: RuleCode
    is_hard: bool
    person_id: UUID
    person: str
    roles: list[str]
    case_id: UUID | None
    number: int | None
    exception: ExceptionOut | None


class DutiesOut(Out):
    rules: list[RuleOut]
    conflicts: list[ConflictOut]


class TablesIn(In):
    """CSV tables with a heading."""

    departments: Csv = ""
    people: Csv = ""
    limits: Csv = ""


class ImportIn(TablesIn):
    """`seen` is the digest of the preview."""

    seen: Line


class ImportChangeOut(Out):
    field: str
    old: str
    new: str


class RowOut(Out):
    table: str
    line: int
    name: str
    becomes: Becomes
    changes: list[ImportChangeOut]
    errors: dict[str, str]


class LeftOutOut(Out):
    """A column that no import reads."""

    table: str
    column: str


class ImportPreviewOut(Out):
    digest: str
    is_clean: bool
    rows: list[RowOut]
    left_out: list[LeftOutOut]


@door.read("/org/changes", list[ChangeOut], summary="Changes that wait for a second person")
def list_changes(request: ApiRequest) -> list[ChangeOut]:
    """Return what waits, with old and new as of now, to administrators and auditors."""
    call = request.auth
    return [
        ChangeOut(
            id=one.proposal.id,
            command=one.proposal.command,
            subject=one.shown.subject,
            author_id=one.proposal.author_id,
            author=one.proposal.author,
            proposed_at=one.proposal.proposed_at,
            differences=[DifferenceOut.model_validate(row) for row in one.shown.differences],
        )
        for one in confirming.waiting(by=call.by.actor, at=call.at)
    ]


@door.act("/org/changes/{uuid:change_id}/confirm", DoneOut, ADMINISTER, summary="Confirm a change")  # fmt: skip
def confirm_change(request: ApiRequest, change_id: UUID) -> DoneOut:
    """Make a change that waits, as a second person; its author cannot."""
    call = request.auth

    def work() -> DoneOut:
        confirming.confirm(change_id=change_id, by=call.by.actor, at=call.at)
        return DoneOut(id=change_id)

    return call.once(request, work, lambda _: DoneOut(id=change_id))


@door.act("/org/changes/{uuid:change_id}/decline", DoneOut, ADMINISTER, summary="Decline or withdraw a change")  # fmt: skip
def decline_change(request: ApiRequest, change_id: UUID, body: DeclineIn) -> DoneOut:
    """Drop a change that waits; its author withdraws it by this."""
    call = request.auth

    def work() -> DoneOut:
        confirming.decline(change_id=change_id, remark=body.remark, by=call.by.actor, at=call.at)
        return DoneOut(id=change_id)

    return call.once(request, work, lambda _: DoneOut(id=change_id))


@door.read("/org/coverage", list[GapOut], summary="Days with nobody to decide")
def show_coverage(request: ApiRequest) -> list[GapOut]:
    """Return the gaps of the next two months, to administrators and auditors."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return [GapOut.model_validate(gap) for gap in covered.gaps(at=call.at)]


@door.read("/org/duties", DutiesOut, summary="Separation of duties: rules and conflicts")
def show_duties(request: ApiRequest) -> DutiesOut:
    """Return the rules and who is in conflict with them, to administrators and auditors."""
    call = request.auth
    report = duties.report(by=call.by.actor, at=call.at)
    return DutiesOut(
        rules=[RuleOut.model_validate(rule) for rule in RULES],
        conflicts=[ConflictOut.model_validate(one) for one in report.conflicts],
    )


@door.act("/org/import/preview", ImportPreviewOut, ADMINISTER, summary="Look at what an import would change", is_keyed=False)  # fmt: skip
def preview_import(request: ApiRequest, body: TablesIn) -> ImportPreviewOut:
    """Return every row with what becomes of it; nothing is saved."""
    call = request.auth
    found = carrying_out.preview_import(
        files=_files(body), doctypes=_types(), by=call.by.actor, at=call.at
    )
    return _preview(found)


@door.act("/org/import", ImportPreviewOut, ADMINISTER, summary="Import what was looked at", is_keyed=False)  # fmt: skip
def import_org(request: ApiRequest, body: ImportIn) -> ImportPreviewOut:
    """Do what the preview has shown, all of it or nothing."""
    call = request.auth
    found = carrying_out.import_org(
        files=_files(body), doctypes=_types(), seen=body.seen, by=call.by.actor, at=call.at
    )
    return _preview(found)


def _files(body: TablesIn) -> dict[str, bytes]:
    return {table: getattr(body, table).encode() for table in TABLES}


def _types() -> list[str]:
    return [card.code for card in doctypes.type_cards()]


def _preview(found: Preview) -> ImportPreviewOut:
    rows: list[Any] = [
        RowOut(
            table=row.table,
            line=row.line,
            name=row.name,
            becomes=row.becomes,
            changes=[ImportChangeOut.model_validate(one) for one in row.changes],
            errors=dict(row.errors),
        )
        for row in found.rows
    ]
    return ImportPreviewOut(
        digest=found.digest,
        is_clean=found.is_clean,
        rows=rows,
        left_out=[LeftOutOut(table=table, column=column) for table, column in found.left_out],
    )
