"""The addresses of the case card and of everything done on it."""

from __future__ import annotations

from django.urls import path

from akcept.web.views import (
    acts,
    batch,
    card,
    create,
    discussion,
    edit,
    files,
    guests,
    options,
    outside,
)

urlpatterns = [
    path("cases/new/", create.new, name="new"),
    path("cases/new/<slug:doctype>/", create.new, name="new-document"),
    path("cases/preview/", create.preview, name="preview"),
    path("cases/options/counterparties/", options.counterparties, name="party-options"),
    path("cases/options/people/", options.people, name="people-options"),
    path("cases/options/accounts/", options.accounts, name="account-options"),
    path("cases/<uuid:case_id>/", card.case, name="case"),
    path("cases/<uuid:case_id>/news", card.news, name="case-news"),
    path("cases/<uuid:case_id>/discussion/", discussion.discussion, name="discussion"),
    path("cases/<uuid:case_id>/discussion/read/", discussion.read, name="discussion-read"),
    path("cases/<uuid:case_id>/discussion/people/", discussion.people, name="discussion-people"),
    path("cases/<uuid:case_id>/edit/", edit.edit, name="edit"),
    path("cases/<uuid:case_id>/approval-sheet/", card.approval_sheet, name="approval_sheet"),
    path("cases/<uuid:case_id>/act/<slug:verb>/", acts.act, name="act"),
    path("cases/<uuid:case_id>/files/<int:number>/", files.file, name="file"),
    path("cases/<uuid:case_id>/files/<int:number>/download/", files.download, name="download"),
    path("cases/<uuid:case_id>/files/<int:number>/thumbnail/", files.thumbnail, name="thumbnail"),
    path("cases/<uuid:case_id>/outside/", guests.invite, name="ask_outside"),
    path("cases/<uuid:case_id>/outside/<uuid:person_id>/", guests.again, name="outside_again"),
    path(
        "cases/<uuid:case_id>/outside/<uuid:person_id>/revoke/",
        guests.revoke,
        name="outside_revoke",
    ),
    path("x/<str:token>/", outside.outside, name="outside"),
    path("x/<str:token>/files/<int:number>/", outside.file, name="outside-file"),
    path("pay/", batch.pay_several, name="pay"),
    path("files/", files.upload, name="upload"),
    path("files/<str:note>/", files.kept, name="kept"),
]
