"""Every refusal in words: kind, and saying what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from akcept.engine import refusals as no
from akcept.engine.facts import SYSTEM
from akcept.engine.money import Money
from akcept.people import labels, queries
from akcept.people.duties import RuleCode
from akcept.wording import dates, money, states

Names = Mapping[str, str]

TEXTS: Mapping[type[no.Refusal], Promise] = {
    no.NotFound: gettext_lazy("There is no such document, or you have no access to it."),
    no.NotAllowed: gettext_lazy(
        "Your role does not include this. Ask an administrator for the right."
    ),
    no.KeyReused: gettext_lazy(
        "This request was already used for something else. Reload the page and try again."
    ),
    no.NeedsSecondPerson: gettext_lazy(
        "This change is to your own advantage, so somebody else has to confirm it."
    ),
    no.HeirNeeded: gettext_lazy(
        "A stage of a route would be left without anybody. Choose who takes the place in the routes."
    ),
    no.ImportChanged: gettext_lazy(
        "Something was changed meanwhile. Look at the preview again before you save it."
    ),
    no.AlreadySettled: gettext_lazy(
        "This change was confirmed, declined or withdrawn before. Reload to see by whom."
    ),
    no.LastAdministrator: gettext_lazy(
        "Nobody else administers the company. Make somebody else an administrator first."
    ),
    no.AlreadySetUp: gettext_lazy("The company is already set up. Log in."),
    no.NotHeld: gettext_lazy("The document is not on hold any more."),
    no.NotYourTurn: gettext_lazy("This task is with somebody else now. Reload to see with whom."),
    no.RemarkNeeded: gettext_lazy("This step asks for a remark. Write one and approve again."),
    no.FileNeeded: gettext_lazy("This step asks for a file of yours. Choose it when you approve."),
    no.OwnDocument: gettext_lazy(
        "Nobody decides on their own document. Somebody else has to do this."
    ),
    no.OwnAccount: gettext_lazy(
        "You entered this account yourself, so somebody else has to vouch for it."
    ),
    no.NoApprover: gettext_lazy(
        "Nobody was found who could approve this. Choose another approval type,"
        " or ask an administrator to complete the route."
    ),
    no.NoRoute: gettext_lazy(
        "No route fits this document. Choose another approval type, or ask an administrator."
    ),
    no.NotThisRoute: gettext_lazy(
        "Sent now, this document would take another route or another version. It stays as it is."
    ),
    no.MeanwhileChanged: gettext_lazy(
        "Something happened to this document meanwhile. Look again at what would come of it."
    ),
    no.ReasonRequired: gettext_lazy("Please give a reason, so that the others know what to do."),
    no.ThirdOutcomeOff: gettext_lazy(
        "The company does not reject documents for good. Return it for rework instead."
    ),
    no.PaymentStarted: gettext_lazy(
        "A payment was already sent or made, so the document cannot change any more."
        " Record the payment as returned first."
    ),
    no.NothingPaid: gettext_lazy(
        "No payment is on record here, or its return was noted a moment ago."
        " Reload the page to see the payments."
    ),
    no.MissingPaymentOrder: gettext_lazy(
        "This document requires a payment order. Attach its file together with the payment."
    ),
    no.AccountBlocked: gettext_lazy(
        "The payee's bank account is blocked. Choose another account, or have this one checked."
    ),
    no.FingerprintMismatch: gettext_lazy(
        "What would be paid is not what was approved. Refuse the payment,"
        " so that the document is approved again."
    ),
    no.DayPast: gettext_lazy("That day is over. Choose today or a later day."),
    no.DateMoved: gettext_lazy(
        "The planned date has been moved meanwhile. Reload the page to see the new one."
    ),
    no.UndoOver: gettext_lazy("The decision can no longer be taken back: its time is over."),
    no.QuestionClosed: gettext_lazy(
        "Nobody waits for this answer any more: it was given, the question was withdrawn, or it was decided without."
    ),
    no.UnsuitablePerson: gettext_lazy(
        "This person cannot take part: unknown, no longer active, already in this round,"
        " or it is their own document. Choose somebody else."
    ),
}
INTAKE: Mapping[str, Promise] = {
    "TAKEN": pgettext_lazy("intake", "%(name)s has already made a document of this letter."),
    "SET_ASIDE": pgettext_lazy(
        "intake", "%(name)s has set this letter aside. Put it back first to make a document of it."
    ),
}
OVER: Mapping[str, Promise] = {
    "DECIDED": pgettext_lazy("link over", "You have already decided."),
    "WITHDRAWN": pgettext_lazy(
        "link over", "Whoever asked you has withdrawn the document. Nothing more is asked of you."
    ),
    "NEWER_REVISION": pgettext_lazy(
        "link over",
        "The document was changed or sent back after this link was sent. If your approval is still needed, a new"
        " link comes by mail.",
    ),
    "NEWER_LINK": pgettext_lazy(
        "link over", "A newer link was sent to the same address. Please use that one."
    ),
    "REVOKED": pgettext_lazy(
        "link over",
        "This link was revoked by whoever asked you. Ask them if you think it was not meant.",
    ),
    "EXPIRED": pgettext_lazy(
        "link over", "The time of this link is over. Ask whoever sent it for a new one."
    ),
    "CLOSED": pgettext_lazy(
        "link over", "Your approval is no longer needed: the document has gone on without it."
    ),
    "CODES_SPENT": pgettext_lazy(
        "link over", "No more codes are sent for this link. Ask whoever sent it for a new one."
    ),
}
DECIDED: Mapping[str, Promise] = {
    "APPROVED": pgettext_lazy("decided", "%(name)s has already approved it"),
    "RETURNED": pgettext_lazy("decided", "%(name)s has already returned it for rework"),
    "REJECTED": pgettext_lazy("decided", "%(name)s has already rejected it"),
    "SENT": pgettext_lazy("decided", "%(name)s has already sent it to the bank"),
    "PAID": pgettext_lazy("decided", "%(name)s has already paid it"),
}


def names_in(refusal: no.Refusal) -> Names:
    """Return the names of the people a refusal speaks of."""
    people = [UUID(person) for person in refusal.named if person != SYSTEM]
    return {str(key): pick.name for key, pick in queries.picks(person_ids=people).items()}


def words(refusal: no.Refusal, *, names: Names | None = None) -> str:
    """Say in the reader's language what was refused; `names` maps the ids of people to their names."""
    return _words(refusal, names or {})


@singledispatch
def _words(refusal: no.Refusal, names: Names) -> str:
    return str(TEXTS[type(refusal)])


@_words.register
def _objection_stands(refusal: no.ObjectionStands, names: Names) -> str:
    text = _(
        "%(name)s has returned this document and would not be asked any more. Wait until the step"
        " is decided."
    )
    return text % {"name": names.get(refusal.by, _("Somebody"))}


@_words.register
def _rate_missing(refusal: no.RateMissing, names: Names) -> str:
    text = _(
        "There is no exchange rate for %(currency)s on %(day)s."
        " Enter it under Settings, Exchange rates."
    )
    return text % {"currency": refusal.currency, "day": dates.day(refusal.on)}


@_words.register
def _invalid_input(refusal: no.InvalidInput, names: Names) -> str:
    count = len(refusal.errors)
    text = ngettext(
        "%(count)d field needs your attention.", "%(count)d fields need your attention.", count
    )
    return text % {"count": count}


@_words.register
def _link_over(refusal: no.LinkOver, names: Names) -> str:
    return over(refusal.why)


def over(why: str) -> str:
    """Say why a link no longer works."""
    return str(OVER[why])


@_words.register
def _code_wrong(refusal: no.CodeWrong, names: Names) -> str:
    if not refusal.left:
        return _("This code no longer works. Have a new one sent.")
    text = ngettext(
        "This is not the code from the last letter. %(count)d try is left.",
        "This is not the code from the last letter. %(count)d tries are left.",
        refusal.left,
    )
    return text % {"count": refusal.left}


@_words.register
def _too_often(refusal: no.TooOften, names: Names) -> str:
    text = _("That was asked too often. Try again after %(time)s.")
    return text % {"time": dates.clock_time(refusal.until)}


@_words.register
def _not_readers(refusal: no.NotReaders, names: Names) -> str:
    people = [
        names.get(person) or pgettext("decided", "Somebody else") for person in refusal.people
    ]
    text = ngettext(
        "%(names)s does not see this document. Add them as an observer, or write without naming them.",
        "%(names)s do not see this document. Add them as observers, or write without naming them.",
        len(people),
    )
    return text % {"names": ", ".join(people)}


@_words.register
def _edit_over(refusal: no.EditOver, names: Names) -> str:
    text = _(
        "This message was sent at %(time)s and can be changed for five minutes. Write another one instead."
    )
    return text % {"time": dates.clock_time(refusal.at)}


@_words.register
def _wrong_state(refusal: no.WrongState, names: Names) -> str:
    text = _("This is not possible any more: the document is now in the state “%(state)s”.")
    return text % {"state": states.words(refusal.state)}


@_words.register
def _on_hold(refusal: no.OnHold, names: Names) -> str:
    text = _("The document is on hold until %(day)s. Release it first.")
    return text % {"day": dates.day(refusal.until)}


@_words.register
def _stale_revision(refusal: no.StaleRevision, names: Names) -> str:
    text = _(
        "This was changed while you had it open (revision %(seen)d, now %(current)d)."
        " Look at it again, then go on."
    )
    return text % {"seen": refusal.seen, "current": refusal.current}


@_words.register
def _intake_settled(refusal: no.IntakeSettled, names: Names) -> str:
    name = names.get(refusal.by) or pgettext("decided", "Somebody else")
    return str(INTAKE[refusal.state]) % {"name": name}


@_words.register
def _already_decided(refusal: no.AlreadyDecided, names: Names) -> str:
    name = names.get(refusal.by) or pgettext("decided", "Somebody else")
    text = str(DECIDED[refusal.outcome]) % {"name": name}
    if refusal.at is None:
        return f"{text}."
    at = pgettext("decided", "at %(time)s") % {"time": dates.clock_time(refusal.at)}
    return f"{text} {at}."


@_words.register
def _not_needed(refusal: no.NotNeeded, names: Names) -> str:
    name = names.get(refusal.by) or pgettext("decided", "Somebody else")
    text = str(DECIDED[refusal.outcome]) % {"name": name}
    if refusal.at is not None:
        at = pgettext("decided", "at %(time)s") % {"time": dates.clock_time(refusal.at)}
        text = f"{text} {at}"
    return _("Your vote is not needed any more: %(decided)s.") % {"decided": text}


@_words.register
def _limit_too_low(refusal: no.LimitTooLow, names: Names) -> str:
    limit = money.amount(Money(refusal.minor, refusal.currency))
    text = _(
        "As a deputy you may approve up to %(limit)s. Pass the task on to somebody with a higher"
        " limit, or return the document."
    )
    return text % {"limit": limit}


@_words.register
def _duplicate_suspected(refusal: no.DuplicateSuspected, names: Names) -> str:
    numbers = ", ".join(str(number) for number in refusal.numbers)
    text = ngettext(
        "This invoice seems to be here already: No. %(numbers)s."
        " If it is not a duplicate, say why and send it again.",
        "This invoice seems to be here already: Nos. %(numbers)s."
        " If it is not a duplicate, say why and send it again.",
        len(refusal.numbers),
    )
    return text % {"numbers": numbers}


@_words.register
def _route_unsound(refusal: no.RouteUnsound, names: Names) -> str:
    count = len(refusal.problems)
    text = ngettext(
        "%(count)d error has to be corrected before the route can be published.",
        "%(count)d errors have to be corrected before the route can be published.",
        count,
    )
    return text % {"count": count}


@_words.register
def _remarks_open(refusal: no.RemarksOpen, names: Names) -> str:
    count = len(refusal.remarks)
    text = ngettext(
        "%(count)d remark is still open. Tick it as corrected or answer it.",
        "%(count)d remarks are still open. Tick each as corrected or answer it.",
        count,
    )
    return text % {"count": count}


@_words.register
def _duties_in_conflict(refusal: no.DutiesInConflict, names: Names) -> str:
    rule = labels.RULES[RuleCode(refusal.rule)]
    text = _(
        "These duties do not go together: %(rule)s."
        " Choose somebody else, or record a dated exception first."
    )
    return text % {"rule": rule}


@_words.register
def _overpaid(refusal: no.Overpaid, names: Names) -> str:
    rest = money.amount(Money(refusal.rest, refusal.currency))
    return _("Only %(rest)s is left to pay. Enter no more than that.") % {"rest": rest}


@_words.register
def _day_closed(refusal: no.DayClosed, names: Names) -> str:
    text = _("Payments are not made on that day. The next possible day is %(day)s.")
    return text % {"day": dates.day(refusal.next_day)}
