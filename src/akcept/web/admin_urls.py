"""Addresses of what administrators keep, and of one's own profile."""

from __future__ import annotations

from django.urls import path

from akcept.web.views import (
    accounts,
    approvers,
    changes,
    counterparties,
    coverage,
    departments,
    designer,
    doctypes,
    duties,
    hints,
    imports,
    keys,
    notifying,
    people,
    person,
    profile,
    received,
    roles,
    route_moves,
    route_trials,
    routes,
    settings,
    setup,
    tables,
    vat_rates,
)

setup_urls = [
    path("setup/", setup.set_up, name="setup"),
    path("settings/mail/", setup.mail_test, name="mail_test"),
]
profile_urls = [
    path("profile/", profile.profile, name="profile"),
    path("profile/notifications/", notifying.notifying, name="notifying"),
    path("profile/push/", notifying.subscribe, name="subscribe"),
    path(
        "profile/push/<uuid:subscription_id>/forget/",
        notifying.unsubscribe,
        name="unsubscribe",
    ),
    path("profile/away/", profile.away, name="away"),
    path("profile/away/<uuid:deputyship_id>/end/", profile.end_absence, name="end_absence"),
    path("profile/password/", profile.password, name="password"),
    path("profile/hints/", hints.show_again, name="show_hints"),
    path("hints/<slug:code>/", hints.dismiss, name="dismiss_hint"),
    path("profile/keys/", keys.keys, name="keys"),
    path("profile/keys/<uuid:token_id>/revoke/", keys.revoke_key, name="revoke_key"),
    path("profile/feed/", keys.feed_address, name="feed_address"),
]
party_urls = [
    path("counterparties/", counterparties.counterparties, name="counterparties"),
    path("counterparties/new/", counterparties.new, name="new_counterparty"),
    path(
        "counterparties/<uuid:counterparty_id>/", counterparties.counterparty, name="counterparty"
    ),
    path(
        "counterparties/<uuid:counterparty_id>/edit/",
        counterparties.edit,
        name="edit_counterparty",
    ),
    path("counterparties/<uuid:counterparty_id>/accounts/", accounts.add, name="add_account"),
    path("bank-accounts/<uuid:account_id>/<slug:verb>/", accounts.check, name="check_account"),
]
people_urls = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new_person"),
    path("people/changes/", changes.changes, name="changes"),
    path("people/changes/<uuid:change_id>/confirm/", changes.confirm, name="confirm_change"),
    path("people/changes/<uuid:change_id>/decline/", changes.decline, name="decline_change"),
    path("people/import/", imports.import_people, name="import_people"),
    path("people/duties/", duties.duties, name="duties"),
    path("people/duties/export/", duties.export, name="duties_export"),
    path("people/coverage/", coverage.coverage, name="coverage"),
    path("people/departments/", departments.departments, name="departments"),
    path("people/departments/new/", departments.department, name="new_department"),
    path("people/departments/<uuid:department_id>/", departments.department, name="department"),
    path("people/roles/", roles.roles, name="roles"),
    path("people/roles/new/", roles.edit, name="new_role"),
    path("people/roles/<slug:role>/", roles.edit, name="role"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/history/", people.history, name="person_history"),
    path("people/<uuid:person_id>/edit/", people.edit, name="edit_person"),
    path("people/<uuid:person_id>/move/", people.move, name="move_person"),
    path("people/<uuid:person_id>/leave/", people.leave, name="leave"),
    path("people/<uuid:person_id>/come-back/", people.come_back, name="come_back"),
    path("people/<uuid:person_id>/grant/<slug:what>/", person.grant, name="grant"),
    path("people/<uuid:person_id>/take/<slug:what>/<uuid:granted_id>/", person.take, name="take"),
]
route_urls = [
    path("routes/", routes.routes, name="routes"),
    path("routes/new/", routes.new, name="new_route"),
    path("routes/order/", routes.reorder, name="reorder_routes"),
    path("routes/<uuid:route_id>/", designer.route, name="route"),
    path("routes/<uuid:route_id>/try/", route_trials.try_route, name="try_route"),
    path("routes/<uuid:route_id>/compare/", route_trials.compare_route, name="compare_route"),
    path("routes/<uuid:route_id>/replay/", route_trials.replay_route, name="replay_route"),
    path("routes/<uuid:route_id>/running/", route_moves.running, name="running_route"),
    path("routes/<uuid:route_id>/name/", routes.rename, name="rename_route"),
    path("routes/<uuid:route_id>/act/<slug:deed>/", routes.act, name="act_on_route"),
]
settings_urls = [
    path("settings/", settings.settings, name="settings"),
    path("settings/payers/", settings.payers, name="payers"),
    path("settings/payers/new/", settings.payer, name="new_payer"),
    path("settings/payers/<uuid:entity_id>/", settings.payer, name="payer"),
    path("settings/documents/", doctypes.doctypes, name="doctypes"),
    path("settings/documents/new/", doctypes.doctype, name="new_doctype"),
    path("settings/documents/<slug:doctype>/", doctypes.doctype, name="doctype"),
    path("settings/approvers/", approvers.approvers, name="approvers"),
    path("settings/days/", tables.days, name="days"),
    path("settings/days/forget/", tables.forget_day, name="forget_day"),
    path("settings/rates/", tables.rates, name="rates"),
    path("settings/vat-rates/", vat_rates.vat_rates, name="vat_rates"),
    path(
        "settings/vat-rates/<slug:code>/retire/",
        vat_rates.offer,
        {"is_offered": False},
        name="retire_vat_rate",
    ),
    path(
        "settings/vat-rates/<slug:code>/bring-back/",
        vat_rates.offer,
        {"is_offered": True},
        name="bring_back_vat_rate",
    ),
    path("settings/dictionaries/<slug:name>/", settings.dictionary, name="dictionary"),
    path(
        "settings/dictionaries/<slug:name>/<uuid:line_id>/retire/",
        settings.retire_line,
        name="retire_line",
    ),
    path("settings/letters/", settings.undelivered, name="undelivered"),
    path("settings/received/", received.received, name="received"),
    path("settings/history/", settings.history, name="settings-history"),
]
urlpatterns = [*setup_urls, *profile_urls, *party_urls, *people_urls, *route_urls, *settings_urls]
