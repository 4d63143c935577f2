"""The decision just made, carried to the next page: what was said of it, and how to take it back there.

It travels as a message of Django's, in a signed cookie: a session that changes costs a commit of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest

from akcept.cases.cards import Outcome
from akcept.engine.verbs import Verb
from akcept.web.present.acts import act_url

MARK = "undo"
DECISIONS = frozenset({Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.REFUSE_PAYMENT})


@dataclass(frozen=True, slots=True)
class Decided:
    """What the toast of the next page says and undoes."""

    text: str
    url: str
    entry: int
    until: datetime
    seconds: int


def carry(request: HttpRequest, verb: Verb, words: str, outcome: Outcome, at: datetime) -> bool:
    """Leave the decision for the next page; False for an act that nobody takes back."""
    if verb not in DECISIONS or outcome.undo_until is None:
        return False
    until = outcome.undo_until
    seconds = round((until - at).total_seconds())
    url = act_url(outcome.case_id, Verb.UNDO)
    told = f"{MARK} {url} {outcome.entry} {until.isoformat()} {seconds}"
    messages.success(request, words, extra_tags=told)
    return True


def decided(request: HttpRequest) -> Decided | None:
    """Take the decision that was left for this page, once."""
    for message in messages.get_messages(request):
        told = str(message.extra_tags or "").split()
        if told[:1] == [MARK]:
            _, url, entry, until, seconds = told
            moment = datetime.fromisoformat(until)
            return Decided(str(message), url, int(entry), moment, int(seconds))
    return None
