"""The addresses of the lists: feed, tasks, registry."""

from __future__ import annotations

from django.urls import URLPattern, path

from akcept.web.views import feed, inbox, registry

urlpatterns: list[URLPattern] = [
    path("", feed.feed, name="feed"),
    path("feed/news", feed.news, name="feed-news"),
    path("tasks/", inbox.inbox, name="tasks"),
    path("invoices/", registry.registry, name="registry"),
    path("invoices/totals", registry.totals, name="registry-totals"),
]
