"""The first fields of an invoice on top of the feed; the sheet takes over with everything kept where they do not do."""

from __future__ import annotations

from collections.abc import Mapping

from akcept.cases import queries
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.doctypes.codes import INVOICE
from akcept.engine.routes import ApprovalType
from akcept.people.askers import Asker
from akcept.web.choices import USUAL_CURRENCIES
from akcept.web.forms import uploads
from akcept.wording import approvals


def composer(*, by: Asker) -> Mapping[str, object]:
    """Return what the composer is filled with: the payer used last, its currency, the ways to approve."""
    payers = {card.id: card.fields for card in company.entities()}
    usual = queries.last_entity(by=by) if len(payers) > 1 else None
    entity = usual if usual in payers else next(iter(payers), None)
    # The menu beside it has asked for the types already.
    invoices = [card for card in doctypes.type_cards() if card.code == INVOICE]
    currency = payers[entity].currency if entity else USUAL_CURRENCIES[0]
    return {
        "payers": [(key, fields.short_name) for key, fields in payers.items()],
        "entity": entity,
        "currency": currency,
        "currencies": dict.fromkeys([currency, *USUAL_CURRENCIES]),
        "types": [(kind.value, approvals.words(kind)) for kind in ApprovalType],
        "purposes": [choice for card in invoices for choice in uploads.choices(card)],
        "limit": uploads.limit(),
    }
