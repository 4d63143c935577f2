"""Letters to the browsers of a person, sealed for each; the push service in between reads nothing."""

from __future__ import annotations

import json
from uuid import UUID

import httpx
from django.conf import settings

from akcept.delivery import subscriptions, webpush
from akcept.delivery.channels.contract import ChannelError, Letter
from akcept.delivery.models import Subscription
from akcept.kit import clock, outbound

GONE = frozenset({404, 410})
KEPT_SECONDS = 24 * 3600
LONGEST_TEXT = 500


class Push:
    """Sends to every browser that its reader has subscribed."""

    def deliver(self, letter: Letter) -> None:
        """Send one push to each; a browser that is gone is forgotten, one repeat replaces the other there."""
        troubles = [self._send(row, letter) for row in subscriptions.reached(UUID(letter.address))]
        for trouble in sorted(filter(None, troubles), key=lambda one: one.permanent):
            raise trouble

    def _send(self, row: Subscription, letter: Letter) -> ChannelError | None:
        key = webpush.private_key(settings.AKCEPT_PUSH_KEY)
        contact = f"mailto:{settings.AKCEPT_CONTACT}"
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_SECONDS),
            "Urgency": "normal",
            "Topic": letter.id,
            "Authorization": webpush.authorization(
                key, endpoint=row.endpoint, contact=contact, at=clock.now()
            ),
        }
        sealed = webpush.seal(
            _message(letter), public_key=row.public_key, auth_secret=row.auth_secret
        )
        try:
            answer = outbound.post(
                row.endpoint, body=sealed, headers=headers, trusted=settings.AKCEPT_PRIVATE_HOSTS
            )
        except outbound.Fenced as error:
            return ChannelError(f"push address: {error}", permanent=True)
        except httpx.HTTPError as error:
            return ChannelError(str(error) or type(error).__name__, permanent=False)
        return _judged(row, answer)


def _judged(row: Subscription, answer: outbound.Answer) -> ChannelError | None:
    if answer.status in GONE:
        subscriptions.forget(subscription_id=row.id)
        return None
    if answer.status < 300:
        return None
    is_final = 400 <= answer.status < 500 and answer.status not in {408, 425, 429}
    return ChannelError(f"push service: {answer.status} {answer.text}", permanent=is_final)


def _message(letter: Letter) -> bytes:
    said = {
        "title": letter.heading[:LONGEST_TEXT],
        "body": " ".join(letter.lines)[:LONGEST_TEXT],
        "url": letter.url,
        "tag": letter.id,
        "lang": letter.language,
    }
    return json.dumps(said, ensure_ascii=False).encode()
