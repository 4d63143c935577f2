from __future__ import annotations

from dataclasses import replace

import pytest

from akcept.company import queries as company
from akcept.engine.refusals import AlreadySetUp, InvalidInput, NotAllowed, NotFound
from akcept.journal.models import Entry
from akcept.people import access, founding, org, queries, standing
from akcept.people.codes import Right
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from staff import ALPHA, Hire
from troupe import AT

ROOT = PersonFields(name="Root", email="root@example.com")
FOUNDING = founding.Founding(
    company_name="Альфа",
    language="ru",
    base_currency="RUB",
    entity=ALPHA,
    administrator=ROOT,
    password="correct horse battery",
    director=PersonFields(name="Gleb"),
    peer=None,
)

pytestmark = pytest.mark.django_db


def test_a_company_is_set_up_once() -> None:
    assert not founding.is_set_up()
    root = founding.set_up(founding=FOUNDING, at=AT)
    assert standing.rights_of(person_id=root, at=AT).has(Right.ADMINISTER)
    assert Person.objects.get(id=root).check_password("correct horse battery")
    assert company.settings_of().company_name == "Альфа"
    assert [card.fields for card in company.entities()] == [ALPHA]
    with pytest.raises(AlreadySetUp):
        founding.set_up(founding=FOUNDING, at=AT)


def test_the_administrator_decides_on_the_directors_documents() -> None:
    root = founding.set_up(founding=FOUNDING, at=AT)
    (gleb,) = queries.directory(search="Gleb")
    assert org.snapshot().members[str(gleb.id)].peer == str(root)


def test_a_director_who_administers_names_somebody_else() -> None:
    alone = replace(FOUNDING, director=None)
    with pytest.raises(InvalidInput) as refused:
        founding.set_up(founding=alone, at=AT)
    assert refused.value.errors == {"peer": "REQUIRED"}
    root = founding.set_up(founding=replace(alone, peer=PersonFields(name="Vera")), at=AT)
    (vera,) = queries.directory(search="Vera")
    assert org.snapshot().members[str(root)].peer == str(vera.id)


def test_a_wrong_password_sets_up_nothing() -> None:
    with pytest.raises(InvalidInput):
        founding.set_up(founding=replace(FOUNDING, administrator=replace(ROOT, email="")), at=AT)
    assert not founding.is_set_up()
    assert not Entry.objects.exists()
    assert company.entities() == ()


def test_a_card_is_for_its_owner_and_those_who_look(hire: Hire, root: Person) -> None:
    anna, oleg, auditor = hire("Anna"), hire("Oleg"), hire("Vera", "AUDITOR")
    for viewer in (anna, root, auditor):
        card = access.person_card(person_id=anna.id, by=viewer.actor, at=AT)
        assert card.fields.name == "Anna"
    with pytest.raises(NotFound):
        access.person_card(person_id=anna.id, by=oleg.actor, at=AT)
    with pytest.raises(NotAllowed):
        access.require_looking(by=oleg.actor, at=AT)
    access.require_looking(by=auditor.actor, at=AT)
