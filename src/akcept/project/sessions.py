"""Django's sessions in the database, read as every request reads them: one plain statement."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from akcept.kit import sql

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Compiling the same queryset for every request would cost more than all that is asked with it."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; one that is over or unknown holds nothing and loses its key."""
        found = sql.rows(READ, [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])
