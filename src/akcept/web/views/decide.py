"""Decisions and everything else done about the approval of a case."""

from __future__ import annotations

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.engine.refusals import InvalidInput
from akcept.web.forms import uploads
from akcept.web.forms.acts import Said

# What the file is that a step asks for.
OTHER = "OTHER"


def approve(said: Said) -> Outcome:
    """Consent, with remarks or without."""
    return services.approve(
        **said.common, revision=said.revision, remark=said.text("remark"), files=_given(said)
    )


def _given(said: Said) -> tuple[services.NewFile, ...]:
    """Return the file that comes along with an approval, if one does."""
    if said.file is None:
        return ()
    kept = uploads.keep(said.file, purpose=OTHER, by=said.ask.by.id, at=said.ask.at)
    return (services.NewFile(kept.purpose, kept.sha256, kept.name),)


def give_back(said: Said) -> Outcome:
    """Return for rework; each line is a remark of its own."""
    return services.return_for_rework(
        **said.common,
        revision=said.revision,
        reasons=said.lines(),
        correct_by=said.correct_by(),
    )


def reject(said: Said) -> Outcome:
    """Refuse for good."""
    return services.reject(**said.common, revision=said.revision, reason=said.reason())


def withdraw(said: Said) -> Outcome:
    """Take one's own document back."""
    return services.withdraw(**said.common, reason=said.text("reason"))


def reassign(said: Said) -> Outcome:
    """Hand an open task to somebody else."""
    return services.reassign(
        **said.common, task=said.text("task"), to=said.person(), reason=said.text("reason")
    )


def override(said: Said) -> Outcome:
    """Decide in somebody's place by override."""
    outcome = said.text("outcome")
    if outcome not in list(services.Forced):
        raise InvalidInput({"outcome": "REQUIRED"})
    return services.force_decision(
        **said.common,
        revision=said.revision,
        seat=said.number("seat"),
        outcome=services.Forced(outcome),
        reason=said.reason(),
    )


def replace(said: Said) -> Outcome:
    """Put somebody else in an approver's place by override."""
    return services.replace_person(
        **said.common, task=said.text("task"), to=said.person(), reason=said.reason()
    )


def add_approver(said: Said) -> Outcome:
    """Ask one more person."""
    return services.add_approver(**said.common, person=said.person())


def name_approver(said: Said) -> Outcome:
    """Fill a seat for which nobody was found."""
    return services.name_approver(**said.common, person=said.person())


def add_observer(said: Said) -> Outcome:
    """Let somebody follow the case."""
    return services.add_observer(**said.common, person=said.person())


def hold(said: Said) -> Outcome:
    """Stop everything until a day."""
    return services.hold(**said.common, reason=said.reason(), until=said.day("until"))


def release(said: Said) -> Outcome:
    """End a hold."""
    return services.release(**said.common)


def comment(said: Said) -> Outcome:
    """Say something to everybody who takes part."""
    text = said.text("text", longest=10_000)
    if not text:
        raise InvalidInput({"text": "REQUIRED"})
    return writing.say(**said.common, words=Words(text))


def withdraw_question(said: Said) -> Outcome:
    """Wait no longer for an answer."""
    return writing.withdraw_question(**said.common, question=said.number("question"))


def undo(said: Said) -> Outcome:
    """Take back one's own last decision."""
    return services.undo(**said.common, entry=said.number("entry"))


def attach(said: Said) -> Outcome:
    """Add a file, or a new version of one, which is what the earlier one was."""
    if said.file is None:
        raise InvalidInput({"file": "REQUIRED"})
    by, at = said.ask.by, said.ask.at
    replaces = said.number("replaces") if said.data.get("replaces") else None
    purpose = said.data.get("purpose", "")
    if replaces is not None:
        purpose = queries.file(by=by, case_id=said.case_id, attachment=replaces, at=at).purpose
    kept = uploads.keep(said.file, purpose=purpose, by=by.id, at=at)
    file = services.NewFile(kept.purpose, kept.sha256, kept.name, replaces)
    return services.attach(**said.common, files=[file])


def submit(said: Said) -> Outcome:
    """Send a draft for approval as it stands."""
    return services.submit(
        **said.common,
        revision=said.revision,
        duplicate_reason=said.text("duplicate_reason", longest=1000),
    )
