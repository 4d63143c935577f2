"""What an initiator brings with an invoice: the fields, and the papers, with the mistake of the plot in them."""

from __future__ import annotations

from typing import Any

from akcept.project.demo import papers
from akcept.project.demo.bills import Bill
from akcept.project.demo.plots import Mistake, Plot, Twist
from akcept.project.demo.printing import Paper
from akcept.project.demo.world import HIRES, World


class Submission:
    """The contents of one invoice."""

    def __init__(self, world: World, plot: Plot, bill: Bill) -> None:
        self.world, self.plot, self.bill = world, plot, bill

    def card(self, amount: int) -> dict[str, Any]:
        """Return the fields as the initiator fills them in; what is missing comes after the first return."""
        plot, bill, known = self.plot, self.bill, self.world.known[self.plot.supplier]
        lines = self.world.company.lines
        said = known.supplier.said
        card: dict[str, Any] = {
            "amount": amount,
            "currency": known.supplier.currency,
            "vat": bill.vat,
            "entity": str(self.world.company.entities[said["payer"]]),
            "counterparty": str(known.id),
            "account": str(known.account),
            "supplier_number": bill.number,
            "issued_on": bill.issued_on.isoformat(),
            "due_on": bill.due_on.isoformat(),
            "comment": plot.purpose,
            "approval_type": plot.approval_type,
            "payment_order_required": self.needs_order(),
            "payment_purpose": papers.purpose_of(bill),
        }
        if plot.choice:
            card["choice"] = [str(self.world.company.people[key]) for key in plot.choice]
        if bill.contract and Mistake.CONTRACT not in plot.mistakes:
            card["contract"] = bill.contract
        if Mistake.CENTRE not in plot.mistakes:
            card |= self.centre()
        if "project" in said:
            card["project"] = str(lines[f"PROJECT:{said['project']}"])
        if Twist.CLIENT in plot.twists:
            card["client_request"] = plot.request
        return card

    def papers(self) -> list[Paper]:
        """Return what is attached at first."""
        plot, bill = self.plot, self.bill
        found = [bill.paper()]
        if bill.contract and Mistake.CONTRACT not in plot.mistakes:
            found.append(papers.contract(bill))
        if Twist.ACT in plot.twists and Mistake.ACT not in plot.mistakes:
            found.append(papers.act(bill))
        return found + (self._client_papers() if Twist.CLIENT in plot.twists else [])

    def centre(self) -> dict[str, str]:
        """Return where the cost belongs."""
        said, lines = self.world.known[self.plot.supplier].supplier.said, self.world.company.lines
        return {
            "category": str(lines[f"CATEGORY:{said['category']}"]),
            "cost_centre": str(lines[f"COST_CENTRE:{said['centre']}"]),
        }

    def first_amount(self) -> int:
        """Return the sum as first typed: a wrong digit in it, where that is the mistake."""
        if Mistake.AMOUNT not in self.plot.mistakes:
            return self.bill.total
        slip: int = 9 * 10 ** (len(str(self.bill.total)) - 3)
        return self.bill.total + slip

    def needs_order(self) -> bool:
        """Tell whether the accountant has to attach the payment order."""
        said = self.world.known[self.plot.supplier].supplier.said
        return bool(said.get("order_required")) or Twist.ORDER in self.plot.twists

    def _client_papers(self) -> list[Paper]:
        hire = HIRES[self.plot.initiator]
        return [
            papers.request(self.bill, number=self.plot.request, language=hire.language),
            papers.memo(
                self.bill,
                purpose=self.plot.purpose,
                author=hire.name,
                position=hire.position,
                language=hire.language,
            ),
        ]
