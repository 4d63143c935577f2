"""The screens on which routes are built: every button is a plain form post that keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from akcept.people import services as people
from akcept.people.codes import Right
from akcept.people.models import PendingChange, Role, RoleGrant
from akcept.routes import definitions, queries, services, store
from troupe import AT, SYSTEM, Cast, send
from web.test_doctypes import attorney

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]


@pytest.fixture
def root(log_in: LogIn) -> Client:
    return log_in("root")


@pytest.fixture
def route(cast: Cast) -> UUID:
    return services.create_route(name_en="Big", name_ru="Крупные", by=SYSTEM, at=AT)


def design(client: Client, route: UUID, deed: str, **typed: object) -> Any:
    return client.post(f"/routes/{route}/", {"do": deed, "seen": "1", **typed})


def stage(cast: Cast, **more: Any) -> dict[str, object]:
    """Return the fields of one stage where Boris is asked."""
    return {
        "stage": "0",
        "s0_code": "S1",
        "s0_who": "NAMED",
        "s0_people": str(cast.boris.id),
        **more,
    }


def big(text: str = "100 000") -> dict[str, object]:
    return {"cond": "0", "c0_field": "amount", "c0_op": "AT_LEAST", "c0_text": text}


def test_the_list_shows_routes_in_their_order_with_what_they_ask(root: Client) -> None:
    page = root.get("/routes/").content.decode()
    assert page.index("By hierarchy") < page.index("Sequential list") < page.index("My choice")
    assert 'href="/routes/"' in root.get("/").content.decode()


def test_a_route_owner_finds_the_routes_without_the_other_settings(
    cast: Cast, log_in: LogIn
) -> None:
    role = Role.objects.get(rights=[Right.OWN_ROUTES])
    RoleGrant.objects.create(person=cast.dana, role=role, granted_at=AT)
    page = log_in("dana").get("/routes/")
    assert (page.status_code, b"New route" in page.content) == (200, True)
    assert b'href="/settings/"' not in page.content


def test_up_and_down_change_places(root: Client) -> None:
    order = [str(line.id) for line in queries.route_lines()]
    root.post("/routes/order/", {"route": order, "do": "down-0"})
    assert [str(line.id) for line in queries.route_lines()] == [order[1], order[0], order[2]]


def test_a_route_is_opened_by_its_name(root: Client) -> None:
    answer = root.post("/routes/new/", {"name_en": "Big", "name_ru": "", "key": "k"})
    assert answer["Location"] == f"/routes/{queries.route_lines()[0].id}/"
    assert root.post("/routes/new/", {"name_en": ""}).status_code == 422


def test_every_button_keeps_what_is_typed_and_nothing_is_saved(
    root: Client, route: UUID, cast: Cast
) -> None:
    typed = stage(cast, s0_name_en="Supervisor", s0_hours="восемь") | big("сто")
    page = design(root, route, "stage", **typed).content.decode()
    assert all(words in page for words in ("Supervisor", "восемь", "сто", "Boris Borisov"))
    assert 'value="S2"' in page
    assert queries.route_line(route_id=route).latest.stages == ()


@pytest.mark.parametrize(
    ("deed", "there", "gone"),
    [
        ("condition", 'name="c1_field"', ""),
        ("condition-0", 'name="s0_c0_field"', ""),
        ("unless-0", "", 'name="c0_field"'),
        ("gone-0", "", 'name="s0_code"'),
        ("up-0", 'name="s0_code"', ""),
        ("down-7", 'name="s0_code"', ""),
        ("unknown", 'name="s0_code"', ""),
    ],
)
def test_buttons_add_and_remove(
    root: Client, route: UUID, cast: Cast, deed: str, there: str, gone: str
) -> None:
    page = design(root, route, deed, **stage(cast), **big()).content.decode()
    assert there in page
    assert not gone or gone not in page


def test_stages_move_and_the_focus_moves_with_them(root: Client, route: UUID, cast: Cast) -> None:
    typed = {
        "stage": ["0", "1"], "s0_code": "A", "s0_who": "HIERARCHY", "s1_code": "B", "s1_who": "MY_CHOICE",
    }  # fmt: skip
    page = design(root, route, "down-0", **typed).content.decode()
    assert page.index('value="B"') < page.index('value="A"')
    # It cannot go further down, so the way back has the focus.
    assert page.index('id="s1_up"') < page.index("autofocus") < page.index('id="s1_down"')


def test_people_are_added_by_picking_or_by_typing_and_removed(
    root: Client, route: UUID, cast: Cast
) -> None:
    picked = design(root, route, "redraw", **stage(cast, s0_people_pick=str(cast.vera.id)))
    assert "Vera Verina" in picked.content.decode()
    named = design(root, route, "redraw", **stage(cast, s0_people_pick_text="gleb"))
    assert "Gleb Glebov" in named.content.decode()
    left = design(root, route, f"person-0-people-{cast.boris.id}", **stage(cast))
    assert f'name="s0_people" value="{cast.boris.id}"' not in left.content.decode()


def test_a_saved_draft_says_what_was_typed(root: Client, route: UUID, cast: Cast) -> None:
    typed = big() | stage(
        cast,
        s0_how="N_OF_M",
        s0_needed="1",
        s0_hours="8",
        s0_at_deadline="ESCALATE",
        s0_needs_file="on",
        s0_vouches_for="amount",
        s0_cond="0",
        s0_c0_field="entity",
        s0_c0_op="IN",
        s0_c0_value=str(cast.entity),
    )
    assert design(root, route, "save", **typed).status_code == 302
    version = queries.route_line(route_id=route).latest
    (kept,) = version.stages
    assert [(row.field, row.values) for row in version.conditions] == [("amount", (10_000_000,))]
    assert (kept.how, kept.needed, kept.hours, kept.needs_file) == ("N_OF_M", 1, 8, True)
    assert (kept.at_deadline, kept.vouches_for) == ("ESCALATE", ("amount",))
    assert [row.values for row in kept.conditions] == [(str(cast.entity),)]


def test_what_cannot_be_understood_is_said_beside_it(root: Client, route: UUID, cast: Cast) -> None:
    for typed in (big("сто"), big(""), stage(cast, s0_hours="x")):
        answer = design(root, route, "save", **typed)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.content.decode()


def test_a_sound_draft_is_published(root: Client, route: UUID, cast: Cast) -> None:
    assert design(root, route, "publish", **stage(cast), **big()).status_code == 302
    assert queries.current()[0].route == "BIG"
    assert "Boris Borisov" in root.get(f"/routes/{route}/").content.decode()


def test_a_draft_with_errors_is_kept_but_not_published(
    root: Client, route: UUID, cast: Cast
) -> None:
    answer = design(root, route, "publish", **big())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nobody is asked" in page
    assert queries.route_line(route_id=route).live is None
    assert queries.route_line(route_id=route).latest.conditions
    assert 'name="seen" value="2"' in page


def test_a_draft_that_somebody_else_saved_is_not_overwritten(
    root: Client, route: UUID, cast: Cast
) -> None:
    design(root, route, "save", **big())
    answer = design(root, route, "save", **stage(cast))
    assert answer.status_code == 409
    assert "Boris Borisov" in answer.content.decode()
    assert queries.route_line(route_id=route).latest.stages == ()


def test_the_picture_has_a_text_beside_it(root: Client, route: UUID, cast: Cast) -> None:
    page = design(root, route, "redraw", **stage(cast), **big()).content.decode()
    assert "<svg viewBox" in page
    assert "The same in words" in page
    assert "Amount in the base currency is at least" in page


def test_a_route_is_retired_brought_back_and_made_the_default(
    root: Client, route: UUID, cast: Cast
) -> None:
    listed = next(line.id for line in queries.route_lines() if line.code == "LIST")
    root.post(f"/routes/{listed}/act/retire/")
    assert not queries.route_line(route_id=listed).is_active
    root.post(f"/routes/{listed}/act/bring-back/")
    root.post(f"/routes/{listed}/act/make-default/")
    assert queries.route_line(route_id=listed).is_default
    told = root.post(f"/routes/{listed}/act/retire/", follow=True).content.decode()
    assert queries.route_line(route_id=listed).is_active
    assert "ak-toast" in told or "alert" in told
    assert root.post(f"/routes/{listed}/act/nonsense/").status_code == 404


def test_an_order_to_one_s_own_advantage_waits_and_is_shown_in_words(
    root: Client, cast: Cast, log_in: LogIn
) -> None:
    people.grant_role(person_id=cast.boris.id, role="ROUTE_OWNER", by=SYSTEM, at=AT)
    for name, asked in (("Short", (cast.vera,)), ("Long", (cast.vera, cast.gleb))):
        named = {"code": "A", "who": "NAMED", "people": [str(one.id) for one in asked]}
        said = {"conditions": [], "stages": [named]}
        made = services.create_route(name_en=name, name_ru="", definition=said, by=SYSTEM, at=AT)
        services.publish_route(route_id=made, seen=1, by=SYSTEM, at=AT)
    order = [str(line.id) for line in queries.route_lines()]
    boris = log_in("boris")
    told = boris.post("/routes/order/", {"do": "down-0", "route": order}, follow=True)
    assert "waits until another administrator confirms it" in told.content.decode()
    told = boris.post(f"/routes/{order[0]}/act/retire/", follow=True)
    page = told.content.decode()
    assert "waits until another administrator confirms it" in page
    assert "Change the order of routes" in page
    assert "Long, Short, By hierarchy" in page
    assert "Take a route out of use: Long" in page
    # It stands on the route's own page as well, and on no other one.
    own, other = (boris.get(f"/routes/{one}/").content.decode() for one in order[:2])
    assert "Take a route out of use: Long" in own
    assert "Take a route out of use: Long" not in other
    assert "Can be confirmed by: Root" in own
    # Who only owns routes sees what waits here; the page of all such changes is for administrators.
    assert 'href="/people/changes/"' not in page
    assert [str(line.id) for line in queries.route_lines()] == order
    page = root.get("/people/changes/").content.decode()
    assert "in use → <strong>out of use" in page
    retiring = PendingChange.objects.get(command="RETIRE_ROUTE")
    told = boris.post(f"/people/changes/{retiring.id}/decline/", follow=True)
    assert told.redirect_chain == [("/routes/", 302)]
    assert "Take a route out of use: Long" not in told.content.decode()
    for change in PendingChange.objects.all():
        root.post(f"/people/changes/{change.id}/confirm/")
    assert [line.name_en for line in queries.route_lines()][:2] == ["Short", "Long"]
    assert "Waits for a second person" not in boris.get("/routes/").content.decode()


def test_an_auditor_looks_but_changes_nothing(cast: Cast, log_in: LogIn, route: UUID) -> None:
    RoleGrant.objects.create(person=cast.dana, role=Role.objects.get(code="AUDITOR"), granted_at=AT)
    dana = log_in("dana")
    assert dana.get(f"/routes/{route}/").status_code == 200
    assert design(dana, route, "save", **big()).status_code == 403


def test_a_draft_is_tried_on_an_example(root: Client, route: UUID, cast: Cast) -> None:
    assert design(root, route, "try", **stage(cast), **big())["Location"].endswith("/try/")
    example = {
        "initiator": str(cast.anna.id),
        "on": "2026-11-20",
        "doctype": "INVOICE",
        "entity": str(cast.entity),
        "amount": "120 000",
        "currency": "RUB",
        "approval_type": "HIERARCHY",
    }
    page = root.get(f"/routes/{route}/try/", example).content.decode()
    assert "Boris Borisov" in page
    assert "another one stands before it" in page
    small = root.get(f"/routes/{route}/try/", example | {"amount": "5"}).content.decode()
    assert "not so: Amount in the base currency is at least" in small
    assert root.get(f"/routes/{route}/try/", example | {"amount": "x"}).status_code == 422


def test_the_draft_is_compared_with_what_is_published(
    root: Client, route: UUID, cast: Cast
) -> None:
    design(root, route, "publish", **stage(cast), **big())
    root.post(f"/routes/{route}/", {"do": "save", "seen": "0", **stage(cast, s0_hours="8"), **big()})  # fmt: skip
    page = root.get(f"/routes/{route}/compare/").content.decode()
    assert "<ins" in page
    assert "8 working hours" in page
    assert root.get(f"/routes/{route}/compare/?old=7&new=x").status_code == 200


def test_the_choices_of_a_type_s_own_list_are_offered_and_told_by_name(
    root: Client, route: UUID, cast: Cast
) -> None:
    assert root.post("/settings/documents/new/", attorney()).status_code == 302
    powers = {"cond": "0", "c0_field": "powers", "c0_op": "IN", "c0_value": "sign"}
    page = design(root, route, "redraw", **powers).content.decode()
    assert 'value="sign" checked><span>Sign</span>' in page
    assert 'value="receive"><span>Receive</span>' in page
    assert "Powers is Sign" in page
    both = powers | {"c0_value": ["sign", "receive"]}
    assert "Powers is one of Sign, Receive" in design(root, route, "redraw", **both).content.decode()  # fmt: skip


def test_past_documents_are_replayed_when_asked_for(root: Client, route: UUID, cast: Cast) -> None:
    design(root, route, "save", **stage(cast), **big())
    assert "Of 0" not in root.get(f"/routes/{route}/replay/").content.decode()
    assert "Of 0" in root.get(f"/routes/{route}/replay/?go=1").content.decode()


def test_documents_under_way_are_looked_at_chosen_and_moved(root: Client, cast: Cast) -> None:
    sent = send(cast)
    line = next(row for row in queries.route_lines() if row.code == "HIERARCHY")
    here = f"/routes/{line.id}/running/"
    assert "No document runs by an older version" in root.get(here).content.decode()
    stage = {"code": "S", "who": "NAMED", "people": [str(cast.vera.id)]}
    said = {"conditions": definitions.dump(line.latest)["conditions"], "stages": [stage]}
    store.publish(route="HIERARCHY", definition=said, by=SYSTEM, at=AT)
    page = root.get(here).content.decode()
    assert "No longer asked: Boris Borisov" in page
    assert "with Vera Verina" in page
    assert root.post(here, {}).status_code == 422
    live = queries.route_line(route_id=line.id).live
    assert live is not None
    posted = {"case": str(sent.case_id), "version": live.id, f"seen-{sent.case_id}": "1"}
    told = "Something happened to this document meanwhile"
    assert told in root.post(here, posted).content.decode()
    del posted[f"seen-{sent.case_id}"]
    page = root.post(here, posted).content.decode()
    assert "Invoice 1</strong>: moved" in page
    assert "No document runs by an older version" in page
