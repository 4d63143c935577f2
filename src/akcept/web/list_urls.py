"""The addresses of the lists: feed, tasks, registry, calendar, notices, search."""

from __future__ import annotations

from django.urls import URLPattern, path

from akcept.web.views import (
    bulk,
    calendar,
    feed,
    inbox,
    installing,
    intake,
    notices,
    registry,
    saved,
    search,
    snooze,
)

urlpatterns: list[URLPattern] = [
    path("", feed.feed, name="feed"),
    path("feed/news", feed.news, name="feed-news"),
    path("tasks/", inbox.inbox, name="tasks"),
    path("tasks/next", inbox.next_task, name="next-task"),
    path("tasks/approve/", bulk.approve_several, name="approve-several"),
    path("tasks/undo/", bulk.undo_several, name="undo-several"),
    path("tasks/<uuid:case_id>/", inbox.preview, name="task-preview"),
    path("tasks/<uuid:task_id>/snooze", snooze.snooze, name="snooze"),
    path("tasks/<uuid:task_id>/wake", snooze.wake, name="wake"),
    path("tasks/just-decided", inbox.just_decided, name="just-decided"),
    path("tasks/news", inbox.news, name="tasks-news"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<uuid:item_id>/", intake.item, name="intake-item"),
    path("intake/<uuid:item_id>/files/<int:position>/", intake.file, name="intake-file"),
    path("intake/<uuid:item_id>/aside/", intake.set_aside, name="intake-aside"),
    path("intake/<uuid:item_id>/back/", intake.put_back, name="intake-back"),
    path("intake/<uuid:item_id>/give/", intake.give, name="intake-give"),
    path("invoices/", registry.registry, name="registry"),
    path("invoices/totals", registry.totals, name="registry-totals"),
    path("invoices/export", registry.export, name="registry-export"),
    path("invoices/views/", saved.views, name="views"),
    path("invoices/views/<uuid:view_id>/", saved.change, name="view"),
    path("search/", search.search, name="search"),
    path("search/options", search.find, name="find"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/move/<uuid:case_id>/<int:planned>", calendar.move, name="calendar-move"),
    path("calendar/feed/", calendar.subscription, name="calendar-feed"),
    path("calendar/feed/<str:token>.ics", calendar.ics, name="calendar-ics"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    # It may watch over the pages below its own address, so it stands at the top.
    path("worker.js", installing.service_worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read", notices.read, name="notices-read"),
    path("notices/counts", notices.counts, name="counts"),
]
