"""The seal of the day by letter to somebody outside of IT: only a seal kept elsewhere proves what stood here."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext

from akcept.company import queries as company
from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.models import Delivery
from akcept.delivery.registry import MAIL
from akcept.journal import seals
from akcept.wording import dates

TOPIC = "SEAL"


def write(*, at: datetime) -> None:
    """Have the newest seal sent, once, if the company has said to whom."""
    seal = seals.newest()
    if seal is None or not company.settings_of().seal_letter_to:
        return
    letter = Delivery(
        # It goes to an address, not to a person of the company.
        person_id=seals.BOOK,
        chain_id=seals.BOOK,
        number=seal.number,
        cause=f"{TOPIC} {seal.number}",
        channel=MAIL,
        topic=TOPIC,
        created_at=at,
        next_try_at=at,
    )
    Delivery.objects.bulk_create([letter], ignore_conflicts=True)


def compose(*, id: str, number: int) -> Letter | None:
    """Word the letter with a seal; None when nobody is to have it any more."""
    company_settings = company.settings_of()
    seal = seals.numbered(number)
    if seal is None or not company_settings.seal_letter_to:
        return None
    with translation.override(company_settings.language):
        heading = pgettext("letter", "Seal of the journal, %(day)s") % {"day": dates.day(seal.day)}
        how = pgettext(
            "letter",
            "Keep this letter. Put the line below with those of the other letters into a file seals.txt; "
            "“verify.py export.jsonl --seals seals.txt” then proves an export of the journal, or names "
            "the first entry that does not fit.",
        )
        return Letter(
            id=id,
            address=company_settings.seal_letter_to,
            language=company_settings.language,
            subject=f"{heading} · {company_settings.company_name or 'Akcept'}",
            heading=heading,
            lines=(how, seals.line(seal)),
            facts=(
                Fact(pgettext("letter", "Day (UTC)"), seal.day.isoformat()),
                Fact(pgettext("letter", "Root"), seal.root),
                Fact(pgettext("letter", "Chains"), str(seal.heads)),
            ),
            button=pgettext("letter", "Open Akcept"),
            url=f"{settings.AKCEPT_BASE_URL}/",
            footer=pgettext(
                "letter", "Akcept sends this letter daily to the address in the company's settings."
            ),
        )
