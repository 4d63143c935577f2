"""The doors an ASGI server opens: `live` answers the streams alone, `application` pages and streams on one port."""

from __future__ import annotations

from akcept.project import servers, wsgi

# isort: split
# Only now: it imports models, and it is the WSGI door that sets Django up.
from akcept.live.stream import PATH, Live
from akcept.project.bridge import Bridge, Receive, Scope, Send

live = Live()
pages = Bridge(wsgi.application, threads=servers.threads())


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a stream, or hand a page to its thread."""
    is_page = scope["type"] == "http" and not scope["path"].startswith(PATH)
    await (pages if is_page else live)(scope, receive, send)
