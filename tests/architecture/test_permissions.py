"""Every address of the product with who may open it. A new address has to be entered here, or these tests fail.

To a stranger a case, somebody's own key or a person's page does not exist (404, the same as for an id that never
was); what is known to exist but is not theirs is refused (403); whoever is not logged in is sent to log in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from akcept.api.urls import api
from akcept.cases import queries as cases
from akcept.engine.verbs import Verb
from akcept.files.models import Blob
from akcept.kit import ids
from akcept.parties import services as parties
from akcept.people import services as people
from akcept.people.codes import TokenScope
from akcept.people.models import Person
from akcept.routes import queries as routes
from akcept.web.forms import uploads
from letters import arrived
from programs import ROOT, Program, rub
from staff import BETA
from troupe import AT, PASSWORD, SYSTEM, Cast, assemble, send

pytestmark = pytest.mark.django_db


class May(Enum):
    """Who may open an address."""

    ANYBODY = "anybody, logged in or not"
    PERSON = "everybody who is logged in"
    SEER = "who sees the case"
    OWNER = "whose own it is"
    KEEPER = "who administers or audits"
    ADMINISTRATOR = "who administers"
    VERIFIER = "who vouches for bank accounts"


GET, POST = ("GET",), ("POST",)
BOTH = (*GET, *POST)
PAGES: dict[str, tuple[tuple[str, ...], May]] = {
    "healthz": (GET, May.ANYBODY),
    "readyz": (GET, May.ANYBODY),
    "set_language": (POST, May.ANYBODY),
    "account_login": (BOTH, May.ANYBODY),
    "account_logout": (BOTH, May.ANYBODY),
    "account_inactive": (GET, May.ANYBODY),
    "account_reset_password": (BOTH, May.ANYBODY),
    "account_reset_password_done": (GET, May.ANYBODY),
    "account_reset_password_from_key": (BOTH, May.ANYBODY),
    "account_reset_password_from_key_done": (GET, May.ANYBODY),
    "web:setup": (BOTH, May.ANYBODY),
    # Their address is the secret.
    "web:outside": (BOTH, May.ANYBODY),
    "web:outside-file": (GET, May.ANYBODY),
    "web:calendar-ics": (GET, May.ANYBODY),
    # To who is logged out they say nothing, so that nobody is torn away from what they type.
    "web:counts": (GET, May.ANYBODY),
    "web:feed-news": (GET, May.ANYBODY),
    "web:feed": (GET, May.PERSON),
    "web:tasks": (GET, May.PERSON),
    "web:next-task": (GET, May.PERSON),
    "web:task-preview": (GET, May.SEER),
    "web:snooze": (POST, May.OWNER),
    "web:wake": (POST, May.OWNER),
    "web:approve-several": (BOTH, May.PERSON),
    "web:undo-several": (POST, May.PERSON),
    "web:tasks-news": (GET, May.ANYBODY),
    "web:intake": (GET, May.PERSON),
    "web:intake-item": (GET, May.OWNER),
    "web:intake-file": (GET, May.OWNER),
    "web:intake-aside": (POST, May.OWNER),
    "web:intake-back": (POST, May.OWNER),
    "web:intake-give": (POST, May.OWNER),
    "web:just-decided": (GET, May.ANYBODY),
    "web:registry": (GET, May.PERSON),
    "web:registry-totals": (GET, May.PERSON),
    "web:registry-export": (POST, May.PERSON),
    "web:views": (BOTH, May.PERSON),
    "web:view": (POST, May.OWNER),
    "web:search": (GET, May.PERSON),
    "web:find": (GET, May.PERSON),
    "web:calendar": (GET, May.PERSON),
    "web:calendar-move": (POST, May.SEER),
    "web:calendar-feed": (BOTH, May.PERSON),
    "web:notices": (GET, May.PERSON),
    "web:notices-read": (POST, May.PERSON),
    "web:new": (BOTH, May.PERSON),
    "web:new-document": (BOTH, May.PERSON),
    "web:preview": (POST, May.PERSON),
    "web:party-options": (GET, May.PERSON),
    "web:people-options": (GET, May.PERSON),
    "web:account-options": (GET, May.PERSON),
    "web:case": (GET, May.SEER),
    "web:case-news": (GET, May.SEER),
    "web:discussion": (BOTH, May.SEER),
    "web:discussion-read": (POST, May.SEER),
    "web:discussion-people": (GET, May.SEER),
    "web:edit": (BOTH, May.SEER),
    "web:approval_sheet": (GET, May.SEER),
    "web:ask_outside": (BOTH, May.SEER),
    "web:outside_again": (BOTH, May.SEER),
    "web:outside_revoke": (POST, May.SEER),
    "web:act": (POST, May.SEER),
    "web:file": (GET, May.SEER),
    "web:download": (GET, May.SEER),
    "web:thumbnail": (GET, May.SEER),
    "web:pay": (BOTH, May.PERSON),
    "web:upload": (POST, May.PERSON),
    "web:kept": (GET, May.OWNER),
    "web:mail_test": (BOTH, May.ADMINISTRATOR),
    "web:profile": (BOTH, May.PERSON),
    "web:show_hints": (POST, May.PERSON),
    "web:dismiss_hint": (POST, May.PERSON),
    "web:notifying": (BOTH, May.PERSON),
    "web:subscribe": (POST, May.PERSON),
    "web:unsubscribe": (POST, May.OWNER),
    "web:manifest": (GET, May.ANYBODY),
    "web:worker": (GET, May.ANYBODY),
    "web:offline": (GET, May.ANYBODY),
    "web:away": (BOTH, May.PERSON),
    "web:end_absence": (POST, May.OWNER),
    "web:password": (BOTH, May.PERSON),
    "web:keys": (BOTH, May.PERSON),
    "web:revoke_key": (POST, May.OWNER),
    "web:feed_address": (BOTH, May.PERSON),
    "web:counterparties": (GET, May.PERSON),
    "web:new_counterparty": (BOTH, May.PERSON),
    "web:counterparty": (GET, May.PERSON),
    "web:edit_counterparty": (BOTH, May.PERSON),
    "web:add_account": (BOTH, May.PERSON),
    "web:check_account": (BOTH, May.VERIFIER),
    "web:people": (GET, May.KEEPER),
    "web:new_person": (BOTH, May.ADMINISTRATOR),
    "web:changes": (GET, May.KEEPER),
    "web:import_people": (BOTH, May.ADMINISTRATOR),
    "web:duties": (GET, May.KEEPER),
    "web:duties_export": (POST, May.KEEPER),
    "web:coverage": (GET, May.KEEPER),
    "web:confirm_change": (POST, May.ADMINISTRATOR),
    "web:decline_change": (POST, May.ADMINISTRATOR),
    "web:roles": (GET, May.KEEPER),
    "web:new_role": (BOTH, May.ADMINISTRATOR),
    "web:role": (BOTH, May.ADMINISTRATOR),
    "web:departments": (GET, May.KEEPER),
    "web:new_department": (BOTH, May.ADMINISTRATOR),
    "web:department": (BOTH, May.ADMINISTRATOR),
    "web:person": (GET, May.OWNER),
    "web:person_history": (GET, May.KEEPER),
    "web:edit_person": (BOTH, May.ADMINISTRATOR),
    "web:move_person": (POST, May.ADMINISTRATOR),
    "web:leave": (BOTH, May.ADMINISTRATOR),
    "web:come_back": (POST, May.ADMINISTRATOR),
    "web:grant": (BOTH, May.ADMINISTRATOR),
    "web:take": (POST, May.ADMINISTRATOR),
    "web:routes": (GET, May.KEEPER),
    "web:new_route": (BOTH, May.ADMINISTRATOR),
    "web:reorder_routes": (POST, May.ADMINISTRATOR),
    "web:route": (BOTH, May.KEEPER),
    "web:try_route": (GET, May.KEEPER),
    "web:compare_route": (GET, May.KEEPER),
    "web:replay_route": (GET, May.KEEPER),
    "web:running_route": (BOTH, May.ADMINISTRATOR),
    "web:rename_route": (BOTH, May.ADMINISTRATOR),
    "web:act_on_route": (POST, May.ADMINISTRATOR),
    "web:settings": (BOTH, May.KEEPER),
    "web:payers": (GET, May.KEEPER),
    "web:new_payer": (BOTH, May.ADMINISTRATOR),
    "web:payer": (BOTH, May.KEEPER),
    "web:approvers": (BOTH, May.KEEPER),
    "web:days": (BOTH, May.KEEPER),
    "web:forget_day": (POST, May.ADMINISTRATOR),
    "web:rates": (BOTH, May.KEEPER),
    "web:doctypes": (GET, May.KEEPER),
    "web:doctype": (BOTH, May.KEEPER),
    "web:new_doctype": (BOTH, May.KEEPER),
    "web:vat_rates": (BOTH, May.KEEPER),
    "web:retire_vat_rate": (POST, May.ADMINISTRATOR),
    "web:bring_back_vat_rate": (POST, May.ADMINISTRATOR),
    "web:dictionary": (BOTH, May.KEEPER),
    "web:retire_line": (POST, May.ADMINISTRATOR),
    "web:undelivered": (GET, May.KEEPER),
    "web:settings-history": (GET, May.KEEPER),
    "web:received": (GET, May.KEEPER),
}
POWER_OF_ATTORNEY = {
    "code": "ATTORNEY", "name_en": "x", "name_ru": "x", "plural_en": "x", "plural_ru": "x", "title_en": "x",
    "title_ru_genitive": "x", "title_ru_accusative": "x", "series": "A", "ends_in_payment": False, "fields": [],
}  # fmt: skip
# Every operation of the API with the body that makes sense of it; None where it takes none.
OPERATIONS: dict[str, tuple[May, dict[str, Any] | list[Any] | None]] = {
    "list_cases": (May.PERSON, None),
    "create_case": (May.PERSON, {}),
    "show_case": (May.SEER, None),
    "revise_case": (May.SEER, {"revision": 1, "title": "x"}),
    "show_history": (May.SEER, None),
    "list_files": (May.SEER, None),
    "approval_sheet": (May.SEER, None),
    "attach_files": (May.SEER, {"files": [{"purpose": "ACT", "sha256": "", "name": "a.pdf"}]}),
    "download_file": (May.SEER, None),
    "list_tasks": (May.PERSON, None),
    "list_snoozed": (May.PERSON, None),
    "snooze_task": (May.OWNER, {"until": "2099-01-01T00:00:00Z"}),
    "wake_task": (May.OWNER, {}),
    "look_over": (May.PERSON, {"cases": []}),
    "approve_several": (May.PERSON, {"rows": []}),
    "show_feed": (May.PERSON, None),
    "preview_case": (May.PERSON, {}),
    "submit_case": (May.SEER, {"revision": 1}),
    "resubmit_case": (May.SEER, {"revision": 1}),
    "withdraw_case": (May.SEER, {}),
    "add_observer": (May.SEER, {"person": ""}),
    "read_discussion": (May.SEER, None),
    "comment_case": (May.SEER, {"text": "x"}),
    "edit_comment": (May.SEER, {"text": "x"}),
    "withdraw_question": (May.SEER, {}),
    "read_comments": (May.SEER, {"upto": 1}),
    "list_mentions": (May.PERSON, None),
    "approve_case": (May.SEER, {"revision": 1}),
    "return_case": (May.SEER, {"revision": 1, "reasons": ["x"]}),
    "reject_case": (May.SEER, {"revision": 1, "reason": "x"}),
    "reassign_task": (May.SEER, {"task": "x", "to": ""}),
    "override_decision": (
        May.SEER,
        {"seat": 1, "outcome": "APPROVED", "reason": "x", "revision": 1},
    ),
    "replace_person": (May.SEER, {"task": "x", "to": "", "reason": "x"}),
    "add_approver": (May.SEER, {"person": ""}),
    "ask_outside": (May.SEER, {"email": "lawyer@law.example", "name": "x"}),
    "list_outside": (May.SEER, None),
    "send_link": (May.SEER, {}),
    "revoke_link": (May.SEER, {}),
    "name_approver": (May.SEER, {"person": ""}),
    "hold_case": (May.SEER, {"reason": "x", "until": "2026-12-01"}),
    "release_case": (May.SEER, {}),
    "undo_decision": (May.SEER, {"entry": 1}),
    "mark_sent": (May.SEER, {"revision": 1, "amount": rub("1.00"), "on": "2026-11-20"}),
    "pay_case": (May.SEER, {"revision": 1, "amount": rub("1.00"), "on": "2026-11-20"}),
    "refuse_payment": (May.SEER, {"revision": 1, "reasons": ["x"]}),
    "record_return": (May.SEER, {"payment": 1, "kind": "BANK_RETURN", "reason": "x"}),
    "close_rest": (May.SEER, {"reason": "x"}),
    "postpone_payment": (May.SEER, {"planned": 1, "old": "2026-11-20", "to": "2026-11-21"}),
    "show_calendar": (May.PERSON, None),
    "upload_file": (May.PERSON, {}),
    "search": (May.PERSON, None),
    "list_intake": (May.PERSON, None),
    "show_item": (May.OWNER, None),
    "download_item_file": (May.OWNER, None),
    "make_document": (May.OWNER, {}),
    "set_item_aside": (May.OWNER, {"reason": "x"}),
    "put_item_back": (May.OWNER, {}),
    "give_item": (May.OWNER, {"person": ""}),
    "list_received_mail": (May.KEEPER, None),
    "list_views": (May.PERSON, None),
    "save_view": (May.PERSON, {"name": "x"}),
    "change_view": (May.OWNER, {"name": "x"}),
    "remove_view": (May.OWNER, {}),
    "list_counterparties": (May.PERSON, None),
    "create_counterparty": (May.PERSON, {}),
    "show_counterparty": (May.PERSON, None),
    "enter_account": (May.PERSON, {}),
    "verify_account": (May.VERIFIER, {"how": "CALL_BACK", "note": "x"}),
    "block_account": (May.VERIFIER, {"reason": "x"}),
    "me": (May.PERSON, None),
    "change_me": (May.PERSON, {"theme": "DARK"}),
    "list_browsers": (May.PERSON, None),
    "add_browser": (May.PERSON, {"endpoint": "x", "public_key": "x", "auth_secret": "x"}),
    "forget_browser": (May.OWNER, {}),
    "list_notices": (May.PERSON, None),
    "read_notices": (May.PERSON, {}),
    "show_wishes": (May.PERSON, None),
    "change_wishes": (May.PERSON, {"cells": {"WATCHED.MAIL": "OFF"}}),
    "list_people": (May.PERSON, None),
    "list_entities": (May.PERSON, None),
    "list_document_types": (May.PERSON, None),
    "show_document_type": (May.PERSON, None),
    "create_document_type": (May.ADMINISTRATOR, POWER_OF_ATTORNEY),
    "change_document_type": (May.ADMINISTRATOR, {"name_en": "x"}),
    "list_dictionaries": (May.PERSON, None),
    "list_vat_rates": (May.PERSON, None),
    "list_routes": (May.KEEPER, None),
    "create_route": (May.ADMINISTRATOR, {"name_en": "x"}),
    "reorder_routes": (May.ADMINISTRATOR, {"routes": []}),
    "show_route": (May.KEEPER, None),
    "rename_route": (May.ADMINISTRATOR, {"name_en": "x"}),
    "list_route_versions": (May.KEEPER, None),
    "check_route": (May.KEEPER, None),
    "try_route": (
        May.KEEPER,
        {"initiator": "0190aaaa-0000-7000-8000-000000000001", "on": "2026-11-20", "card": {}},
    ),
    "replay_route": (May.KEEPER, None),
    "list_running": (May.ADMINISTRATOR, None),
    "move_running": (
        May.ADMINISTRATOR,
        {"version": str(ids.new_id()), "cases": [{"id": str(ids.new_id())}]},
    ),
    "save_route_draft": (May.ADMINISTRATOR, {"definition": {}, "seen": 0}),
    "drop_route_draft": (May.ADMINISTRATOR, {}),
    "publish_route": (May.ADMINISTRATOR, {"seen": 0}),
    "retire_route": (May.ADMINISTRATOR, {}),
    "bring_back_route": (May.ADMINISTRATOR, {}),
    "make_default_route": (May.ADMINISTRATOR, {}),
    "show_person": (May.OWNER, None),
    "create_person": (May.ADMINISTRATOR, {"name": "x"}),
    "change_person": (May.ADMINISTRATOR, {"name": "x"}),
    "set_limits": (May.ADMINISTRATOR, []),
    "give_role": (May.ADMINISTRATOR, {"role": "CFO"}),
    "list_roles": (May.KEEPER, None),
    "save_role": (
        May.ADMINISTRATOR,
        {"code": "CLERK", "name_en": "Clerk", "name_ru": "Клерк", "may": []},
    ),
    "take_role": (May.ADMINISTRATOR, {}),
    "enter_absence": (May.ADMINISTRATOR, {"starts_on": "2026-11-20", "ends_on": "2026-11-21"}),
    "end_absence": (May.OWNER, {}),
    "allow_exception": (
        May.ADMINISTRATOR,
        {"rule": "OWN_PAYMENT", "starts_on": "2026-11-20", "ends_on": "2026-11-21", "reason": "x"},
    ),
    "end_exception": (May.ADMINISTRATOR, {}),
    "leave_company": (May.ADMINISTRATOR, {}),
    "come_back": (May.ADMINISTRATOR, {}),
    "list_departments": (May.KEEPER, None),
    "create_department": (May.ADMINISTRATOR, {"name": "x"}),
    "change_department": (May.ADMINISTRATOR, {"name": "x"}),
    "list_changes": (May.KEEPER, None),
    "confirm_change": (May.ADMINISTRATOR, {}),
    "decline_change": (May.ADMINISTRATOR, {}),
    "show_coverage": (May.KEEPER, None),
    "show_duties": (May.KEEPER, None),
    "preview_import": (May.ADMINISTRATOR, {}),
    "import_org": (May.ADMINISTRATOR, {"seen": "x"}),
}
SAID = {
    "revision": "1", "task": "x", "reason": "x", "text": "x", "amount": "1", "on": "2026-11-21",
    "old": "2026-11-20", "until": "2026-12-01", "planned": "1", "payment": "1", "kind": "BANK_RETURN",
    "entry": "1", "hours": "1",
}  # fmt: skip
LOG_IN = "/accounts/login/"
REFUSED = {May.PERSON: 0, May.SEER: 404, May.OWNER: 404}


class Scene(NamedTuple):
    """A case of Anna's under way, and everything that has an address."""

    cast: Cast
    ids: dict[str, str]
    outsiders: dict[str, Person]


@pytest.fixture
def scene(db: None) -> Scene:
    """Set up a case, a key, an absence, an account and the payer of another entity."""
    cast = assemble()
    sent = send(cast)
    anna = cast.anna
    key, _ = people.make_token(
        person_id=anna.id, name="x", scopes=[TokenScope.READ], by=anna.actor, at=AT
    )
    (task,) = cases.inbox(by=cast.asks("boris"), at=AT).tasks
    other = people.create_entity(entity=BETA, by=SYSTEM, at=AT)
    people.grant_role(person_id=cast.dana.id, role="ACCOUNTANT", entity_id=other, by=SYSTEM, at=AT)
    iban = parties.AccountFields(number="DE89370400440532013000", currency="EUR")
    account = parties.enter_account(
        counterparty_id=cast.counterparty, fields=iban, by=anna.actor, at=AT
    )
    any_id = str(ids.new_id())
    named = {
        "case_id": str(sent.case_id),
        "task_id": str(task.id),
        "token_id": str(key),
        "account_id": str(account),
        "person_id": str(anna.id),
        "counterparty_id": str(cast.counterparty),
        "entity_id": str(cast.entity),
        "route_id": str(routes.route_lines()[0].id),
        "deed": "retire",
        "item_id": str(arrived(holder=anna.id)),
        "position": "1",
        "note": uploads.note(anna.id, "0" * 64, "a.pdf"),
        "number": "1", "planned": "1", "verb": "verify", "what": "role", "name": "category", "role": "CFO", "code": "VAT5", "doctype": "CONTRACT",
        "token": "akc_x", "uidb36": "1", "key": "x-y", "party_id": str(cast.counterparty),
    }  # fmt: skip
    unknown = dict.fromkeys(("deputyship_id", "department_id", "granted_id", "line_id", "change_id", "grant_id", "absence_id", "exception_id", "view_id", "subscription_id"), any_id)  # fmt: skip
    return Scene(cast, unknown | named, {"a stranger": cast.oleg, "another payer": cast.dana})


def addresses(patterns: list[Any], space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Give every address by its name, with the names of what varies in it."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, inner)
        elif isinstance(one, URLPattern):
            name = f"{space}{one.name or str(one.pattern).strip('/')}"
            yield name, list(one.pattern.regex.groupindex)


def pages() -> dict[str, list[str]]:
    found = addresses(get_resolver().url_patterns)
    return {name: varies for name, varies in found if not name.startswith("api:") and name}


def operations() -> Iterator[tuple[str, str, str]]:
    """Give every operation of the API: name, method, address."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, described in methods.items():
            yield described["operationId"], method.upper(), path.removeprefix(ROOT)


def test_every_page_is_in_the_table() -> None:
    assert set(pages()) == set(PAGES)


def test_every_operation_is_in_the_table() -> None:
    assert {name for name, _, _ in operations()} == set(OPERATIONS)


def url(scene: Scene, name: str, **changes: str) -> str:
    if name in {"healthz", "readyz"}:
        return f"/{name}"
    varies = {key: (scene.ids | changes)[key] for key in pages()[name]}
    return reverse(name, kwargs=varies)


def doors(scene: Scene, **changes: str) -> Iterator[tuple[str, str, str, May]]:
    """Give every page with every method it answers to, and every act of a case."""
    for name, (methods, may) in PAGES.items():
        verbs = [verb.value.lower().replace("_", "-") for verb in Verb] if name == "web:act" else [""]  # fmt: skip
        for verb in verbs:
            address = url(scene, name, **({"verb": verb} if verb else {}), **changes)
            for method in methods:
                yield name, method, address, may


def ask(client: Client, method: str, address: str, scene: Scene) -> Any:
    if method == "GET":
        return client.get(address)
    return client.post(address, SAID | {"person": str(scene.cast.oleg.id)})


def test_pages_answer_to_no_other_method(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.root)
    wrong = []
    for name, (methods, _) in PAGES.items():
        others = {*BOTH, "PUT", "DELETE"} - {*methods}
        if name.startswith("account_"):
            continue  # Those of allauth take anything for a GET or a POST.
        for method in others:
            answer = client.generic(method, url(scene, name))
            if answer.status_code != 405:
                wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_who_is_not_logged_in_is_sent_to_log_in(scene: Scene) -> None:
    wrong = []
    for name, method, address, may in doors(scene):
        answer = ask(Client(), method, address, scene)
        sent = answer.status_code == 302 and answer["Location"].startswith(LOG_IN)
        if sent is (may is May.ANYBODY) and name != "account_logout":
            wrong.append((name, method, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("who", ["a stranger", "another payer"])
def test_outsiders_find_nothing_of_others(scene: Scene, who: str) -> None:
    wrong = []
    for name, method, address, may in doors(scene):
        if may in {May.ANYBODY, May.PERSON}:
            continue
        client = Client()
        client.force_login(scene.outsiders[who])
        answer = ask(client, method, address, scene)
        if answer.status_code != REFUSED.get(may, 403):
            wrong.append((name, method, address, answer.status_code))
    assert wrong == []


def test_everybody_finds_what_is_everybodys(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.oleg)
    wrong = []
    for name, method, address, may in doors(scene):
        if may is not May.PERSON or method == "POST":
            continue
        if (status := client.get(address, follow=True).status_code) != 200:
            wrong.append((name, status))
    assert wrong == []


def test_administrators_find_what_they_keep(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.root)
    wrong = []
    for name, method, address, may in doors(scene):
        if may not in {May.KEEPER, May.ADMINISTRATOR} or method == "POST":
            continue
        # Of a department there is none yet.
        if (status := client.get(address).status_code) != (404 if name == "web:department" else 200):  # fmt: skip
            wrong.append((name, status))
    assert wrong == []


def test_who_takes_part_may_look_but_not_do_what_is_not_theirs(scene: Scene) -> None:
    """Boris has the task; Vera, whose turn comes later, sees the case and may decide nothing yet."""
    vera = Client()
    vera.force_login(scene.cast.vera)
    assert vera.get(url(scene, "web:case")).status_code == 200
    wrong = []
    for verb in (Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.PAY, Verb.MARK_SENT, Verb.WITHDRAW, Verb.REASSIGN, Verb.POSTPONE, Verb.UNDO, Verb.SUBMIT, Verb.CLOSE_REST):  # fmt: skip
        name = verb.value.lower().replace("_", "-")
        answer = ask(vera, "POST", url(scene, "web:act", verb=name), scene)
        if answer.status_code not in {403, 409}:
            wrong.append((name, answer.status_code))
    assert wrong == []


def told(answer: Any, *hidden: str) -> tuple[int, str]:
    """Return an answer without what differs anyway."""
    text = re.sub(r"\b\w{64}\b|\"request_id\": \"\w+\"|since=\d+", "", answer.content.decode())
    for one in hidden:
        text = text.replace(one, "…")
    return answer.status_code, text


def test_a_case_unseen_is_answered_like_one_that_never_was(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.oleg)
    never = str(ids.new_id())
    unseen = [(name, method, address) for name, method, address, may in doors(scene) if may is May.SEER]  # fmt: skip
    for name, method, address in unseen:
        other = address.replace(scene.ids["case_id"], never)
        here = told(ask(client, method, address, scene), scene.ids["case_id"])
        there = told(ask(client, method, other, scene), never)
        assert here == there, (name, method)


@pytest.fixture
def program(scene: Scene) -> Program:
    """Return a program of Oleg's that may do everything a program may."""
    oleg = scene.cast.oleg
    _, secret = people.make_token(
        person_id=oleg.id, name="x", scopes=list(TokenScope), by=oleg.actor, at=AT
    )
    return Program(secret)


def calls(scene: Scene, case_id: str) -> Iterator[tuple[str, str, str, May, dict[str, Any] | None]]:
    """Give every operation with an address and a body."""
    for name, method, path in operations():
        may, body = OPERATIONS[name]
        text = json.dumps(body).replace('"sha256": ""', f'"sha256": "{_kept_before(scene)}"')
        text = re.sub(r'("person"|"to"): ""', rf'\1: "{scene.cast.oleg.id}"', text)
        address = re.sub(r"{(\w+)}", lambda found: (scene.ids | {"case_id": case_id})[found[1]], path)  # fmt: skip
        yield name, method, address, may, json.loads(text)


def _kept_before(scene: Scene) -> str:
    return str(Blob.objects.values_list("sha256", flat=True)[0])


def test_programs_without_a_token_get_nothing(scene: Scene) -> None:
    nobody = Program()
    nobody.client.force_login(scene.cast.gleb)  # The pages' session is none of the API's business.
    wrong = []
    for name, method, address, _, body in calls(scene, scene.ids["case_id"]):
        answer = nobody.get(address) if body is None else nobody.send(method, address, body)
        if answer.status_code != 401:
            wrong.append((name, answer.status_code))
    assert wrong == []


def test_to_a_strangers_program_there_is_no_such_case(scene: Scene, program: Program) -> None:
    never = str(ids.new_id())
    wrong = []
    for here, there in zip(calls(scene, scene.ids["case_id"]), calls(scene, never), strict=True):
        name, method, address, may, body = here
        if may not in {May.SEER, May.VERIFIER, May.KEEPER, May.ADMINISTRATOR}:
            continue
        answers = [
            program.get(path) if body is None else program.send(method, path, body)
            for path in (address, there[2])
        ]
        said = [told(answer, scene.ids["case_id"], never) for answer in answers]
        if answers[0].status_code != REFUSED.get(may, 403) or said[0] != said[1]:
            wrong.append((name, [answer.status_code for answer in answers], answers[0].content))
    assert wrong == []


def test_nobody_gets_in_with_a_wrong_password(client: Client, scene: Scene) -> None:
    form = {"login": "anna@example.com", "password": PASSWORD + "x"}
    assert client.post(LOG_IN, form).status_code == 200
    assert client.get("/").status_code == 302
    assert UUID(scene.ids["case_id"])


def test_a_strangers_program_administers_nothing(scene: Scene, program: Program) -> None:
    wrong = []
    for name, method, address, may, body in calls(scene, scene.ids["case_id"]):
        if may not in {May.KEEPER, May.ADMINISTRATOR}:
            continue
        answer = program.get(address) if body is None else program.send(method, address, body)
        if answer.status_code != 403:
            wrong.append((name, answer.status_code))
    assert wrong == []
