"""The page of somebody from outside, reached by the secret link of their letter; no log-in, no cookie, no script.

A GET changes nothing, however often a mail scanner opens it. Deciding takes a POST with a proof that only whoever read
the code at the known address has; nobody else's page can know that proof or the address of the form, so no other
token is needed against forged forms (and with no referrer sent, Django's own check could not tell them apart).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from akcept.cases.outside import deciding, page
from akcept.cases.outside.page import GuestPage
from akcept.engine.refusals import (
    AlreadyDecided,
    InvalidInput,
    LinkOver,
    NotFound,
    Refusal,
    TooOften,
)
from akcept.kit import clock, text
from akcept.web.asking import KEY, status_of, words
from akcept.web.present import outside as present
from akcept.web.views.files import sent

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# Of one machine: far more than anybody needs, far less than guessing takes.
RATES = {"look": "120/m/ip", "act": "20/m/ip"}
LANGUAGES = ("en", "ru")
Deed = Callable[[str, QueryDict, datetime], str]


@csrf_exempt
def outside(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is asked (GET), or do the next step (POST) and show what came of it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return _closed(HttpResponse(status=405, headers={"Allow": "GET, POST"}))
    at = clock.now()
    try:
        _limit(request, at)
        shown = page.look(token=token, at=at)
    except Refusal as refusal:
        with translation.override(_language(request, "")):
            told = {"refusal": words(refusal), "is_unknown": isinstance(refusal, NotFound)}
            return _closed(
                render(request, "web/outside/gone.html", told, status=status_of(refusal))
            )
    here = timezone.override(ZoneInfo(shown.time_zone))
    with here, translation.override(_language(request, shown.language)):
        return _closed(_answered(request, token, shown, at))


@csrf_exempt
def file(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """Show one of the shared files; of others there is nothing here."""
    if request.method not in {"GET", "HEAD"}:
        return _closed(HttpResponse(status=405, headers={"Allow": "GET"}))
    at = clock.now()
    try:
        _limit(request, at)
        card = page.file(token=token, number=number, at=at)
    except Refusal as refusal:
        with translation.override(_language(request, "")):
            told = {"refusal": words(refusal), "is_unknown": isinstance(refusal, NotFound)}
            return _closed(
                render(request, "web/outside/gone.html", told, status=status_of(refusal))
            )
    answer = sent(request, card.sha256, card.name, card.media_type)
    return _closed(answer)


def _answered(request: HttpRequest, token: str, shown: GuestPage, at: datetime) -> HttpResponse:
    """Do what the form asks, if it asks anything, and show the page as it stands after that."""
    data = request.POST
    proof, refusal = data.get("proof", ""), None
    deed = DEEDS.get(data.get("do", "")) if request.method == "POST" else None
    if deed is not None:
        try:
            proof = deed(token, data, at)
        except Refusal as caught:
            refusal = caught
        shown = page.look(token=token, at=at)
    if refusal and isinstance(refusal, (LinkOver, AlreadyDecided)) and shown.over:
        # The page itself says why.
        refusal = None
    told = present.context(shown, token=token, step=_step(data, proof, refusal))
    told |= {
        "proof": proof,
        "refusal": words(refusal) if refusal else "",
        "is_about_message": data.get("do") == "comment",
        "said": data.get("text", ""),
        "written": data.get("message", "") if refusal else "",
        "sent": data.get("do") == "comment" and refusal is None,
    }
    status = status_of(refusal) if refusal else 410 if shown.over and not shown.decided else 200
    return render(request, "web/outside/page.html", told, status=status)


def _step(data: QueryDict, proof: str, refusal: Refusal | None) -> str:
    """Say where on the way somebody is: asked, has a code sent, or has shown it."""
    if isinstance(refusal, TooOften) or data.get("do") in {"code", "prove", "have"}:
        return "decide" if proof and refusal is None and data.get("do") == "prove" else "code"
    return "decide" if proof else "ask"


def _send_code(token: str, data: QueryDict, at: datetime) -> str:
    deciding.send_code(token=token, at=at)
    return ""


def _prove(token: str, data: QueryDict, at: datetime) -> str:
    return deciding.prove(token=token, code=data.get("code", "")[:20], at=at)


def _look(token: str, data: QueryDict, at: datetime) -> str:
    """Show the page again to whoever has shown the code: in another language."""
    proof = data.get("proof", "")
    deciding.proven(token, proof, at)
    return proof


def _approve(token: str, data: QueryDict, at: datetime) -> str:
    proof = data.get("proof", "")
    deciding.approve(token=token, proof=proof, remark=_said(data), at=at)
    return proof


def _return(token: str, data: QueryDict, at: datetime) -> str:
    proof = data.get("proof", "")
    reasons = [line.strip() for line in _said(data).splitlines() if line.strip()]
    deciding.return_for_rework(token=token, proof=proof, reasons=reasons, at=at)
    return proof


def _reject(token: str, data: QueryDict, at: datetime) -> str:
    proof = data.get("proof", "")
    deciding.reject(token=token, proof=proof, reason=_said(data), at=at)
    return proof


def _comment(token: str, data: QueryDict, at: datetime) -> str:
    proof, key = data.get("proof", ""), data.get("key", "")
    text = _said(data, "message")
    deciding.comment(
        token=token, proof=proof, text=text, at=at, key=key if KEY.fullmatch(key) else None
    )
    return proof


def _undo(token: str, data: QueryDict, at: datetime) -> str:
    proof = data.get("proof", "")
    deciding.undo(token=token, proof=proof, at=at)
    return proof


DEEDS: Mapping[str, Deed] = {
    "code": _send_code,
    "prove": _prove,
    "look": _look,
    "approve": _approve,
    "return": _return,
    "reject": _reject,
    "comment": _comment,
    "undo": _undo,
}


def _said(data: QueryDict, name: str = "text") -> str:
    try:
        return text.clean_text(data.get(name, ""), max_length=4000, multiline=True)
    except ValueError as error:
        raise InvalidInput({"text": str(error)}) from None


def _language(request: HttpRequest, usual: str) -> str:
    """Return what was chosen on the page, else the language of whoever is asked, else the browser's."""
    asked = request.POST.get("lang") or request.GET.get("lang") or usual
    if asked in LANGUAGES:
        return asked
    return translation.get_language_from_request(request)


def _limit(request: HttpRequest, at: datetime) -> None:
    action = "act" if request.method == "POST" else "look"
    allowed: Any = ratelimit.consume(
        request, app="akcept.outside", action=action, config=RATES, limit_get=True
    )
    if not allowed:
        raise TooOften(at + timedelta(minutes=1))


def _closed(answer: HttpResponseBase) -> HttpResponseBase:
    """Let nobody keep the page, find it, frame it or learn its address."""
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    return answer
