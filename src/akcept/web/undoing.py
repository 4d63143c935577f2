"""What was just done, carried to the next page: what is said of it, and how to take it back there.

It travels as a message of Django's, in a signed cookie: a session that changes costs a commit of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest

from akcept.cases.cards import Outcome
from akcept.engine.verbs import Verb
from akcept.web.present.acts import act_url

MARK = "undo"
DECISIONS = frozenset({Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.REFUSE_PAYMENT})
# How long the way back is in sight of what can be taken back at any time.
IN_SIGHT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Done:
    """What the toast of the next page says, and undoes if it has a `url`; `entry` is the decision's."""

    text: str
    url: str = ""
    entry: int = 0
    until: datetime | None = None
    seconds: int = 0


def carry(request: HttpRequest, verb: Verb, words: str, outcome: Outcome, at: datetime) -> bool:
    """Leave the decision for the next page; False for an act that nobody takes back."""
    if verb not in DECISIONS or outcome.undo_until is None:
        return False
    url = act_url(outcome.case_id, Verb.UNDO)
    _leave(request, words, url, outcome.entry, outcome.undo_until, at)
    return True


def leave(request: HttpRequest, words: str, *, at: datetime, url: str = "") -> None:
    """Leave for the next page what was done, and where it can be taken back at any time."""
    if url:
        _leave(request, words, url, 0, at + IN_SIGHT, at)
    else:
        messages.success(request, words, extra_tags=MARK)


def done(request: HttpRequest) -> Done | None:
    """Take what was left for this page, once."""
    for message in messages.get_messages(request):
        match str(message.extra_tags or "").split():
            case [mark] if mark == MARK:
                return Done(str(message))
            case [mark, url, entry, until, seconds] if mark == MARK:
                moment = datetime.fromisoformat(until)
                return Done(str(message), url, int(entry), moment, int(seconds))
    return None


def _leave(
    request: HttpRequest, words: str, url: str, entry: int, until: datetime, at: datetime
) -> None:
    seconds = round((until - at).total_seconds())
    told = f"{MARK} {url} {entry} {until.isoformat()} {seconds}"
    messages.success(request, words, extra_tags=told)
