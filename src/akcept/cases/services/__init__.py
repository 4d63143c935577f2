"""What the doors may ask to be done. Each is one durable transaction; each refuses with a Refusal."""

from __future__ import annotations

from akcept.cases.inputs import NewFile
from akcept.cases.services.decisions import (
    add_approver,
    add_observer,
    approve,
    ask_outside,
    force_decision,
    hold,
    name_approver,
    reassign,
    reject,
    release,
    replace_person,
    return_for_rework,
    undo,
)
from akcept.cases.services.documents import (
    CardInput,
    attach,
    comment,
    create,
    resubmit,
    revise,
    submit,
    withdraw,
)
from akcept.cases.services.payments import (
    close_rest,
    mark_sent,
    pay,
    postpone,
    record_return,
    refuse_payment,
)
from akcept.engine.commands import Forced, ReturnKind

__all__ = [
    "CardInput",
    "Forced",
    "NewFile",
    "ReturnKind",
    "add_approver",
    "add_observer",
    "approve",
    "ask_outside",
    "attach",
    "close_rest",
    "comment",
    "create",
    "force_decision",
    "hold",
    "mark_sent",
    "name_approver",
    "pay",
    "postpone",
    "reassign",
    "record_return",
    "refuse_payment",
    "reject",
    "release",
    "replace_person",
    "resubmit",
    "return_for_rework",
    "revise",
    "submit",
    "undo",
    "withdraw",
]
