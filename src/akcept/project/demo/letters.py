"""What came in by mail when the demo begins: a supplier's letter that nobody has yet, one of a colleague, one passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from akcept.intake import services
from akcept.intake.services import Enclosed, Letter
from akcept.project.demo.bills import Bill, Line
from akcept.project.demo.founding import ENTITIES, email_of
from akcept.project.demo.world import HIRES, World

DUE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter with an invoice of a supplier, so long before the story ends; from a colleague, or from the supplier's own address."""

    supplier: str
    number: str
    ago: timedelta
    subject: str
    text: str
    address: str = ""
    colleague: str = ""
    passed_to: str = ""


LETTERS = (
    Sent("hostara", "1388", timedelta(hours=20), "Счёт № 1388 за облачные серверы",
         "Добрый день!\n\nВо вложении счёт за следующий месяц. Оригинал отправили по ЭДО.\n\nС уважением,\nотдел расчётов «Хостары»",
         address="billing@hostara.example"),
    Sent("printoteka", "61/26", timedelta(hours=5), "Fwd: Каталоги к выставке",
         "Please take it in: the catalogues for the stand. The proof is signed.", colleague="anna"),
    Sent("klikmetrika", "УТ-1402", timedelta(hours=2), "Счёт на пополнение рекламного кабинета",
         "Здравствуйте!\n\nСчёт на пополнение во вложении. Средства зачислим в день оплаты.",
         address="schet@klikodar.example", passed_to="anna"),
)  # fmt: skip


def begin(world: World) -> None:
    """Let the letters come in, and the treasurer pass one on to whoever ordered it."""
    for sent in LETTERS:
        at = world.timeline.until - sent.ago
        person = world.company.people.get(sent.colleague)
        address = email_of(sent.colleague) if sent.colleague else sent.address
        bill = _bill(world, sent)
        paper = bill.paper()
        letter = Letter(
            message=sha256(f"demo {sent.number}".encode()).hexdigest(),
            sender=address,
            sender_name=HIRES[sent.colleague].name if person else bill.supplier.said["name"],
            subject=sent.subject,
            text=sent.text,
            holder_id=person,
            is_verified=person is not None,
            is_automatic=False,
        )
        content = world.press.pdf(paper.template, paper.data, on=bill.issued_on)
        taken = services.take_in(letter=letter, enclosed=[Enclosed(paper.name, content)], at=at)
        if sent.passed_to and taken.item_id:
            to, tamara = world.company.people[sent.passed_to], world.company.askers["tamara"]
            services.give(item_id=taken.item_id, to=to, by=tamara, at=at + timedelta(minutes=20))


def _bill(world: World, sent: Sent) -> Bill:
    """Return the invoice that comes with a letter: the first of what the supplier sells."""
    supplier = world.known[sent.supplier].supplier
    name, unit, price, _most = supplier.said["goods"][0]
    issued = (world.timeline.until - sent.ago).date()
    return Bill(
        supplier=supplier,
        payer=ENTITIES[supplier.said["payer"]],
        number=sent.number,
        issued_on=issued,
        due_on=issued + DUE,
        lines=(Line(name, unit, 1, round(price * 100)),),
    )
