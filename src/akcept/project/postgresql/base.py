"""Django's PostgreSQL, whose kept connections are looked at without asking the server.

Django loads `base.DatabaseWrapper` of the package that settings name.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Every request begins by asking whether its connection still lives; the socket knows."""

    def is_usable(self) -> bool:
        """Tell whether the connection lives: a server that went away has closed it, which can be read there.

        Whatever else is to be read, such as a warning, only the server can answer for.
        """
        line = self.connection
        if line is None or line.closed:
            return False
        # Not `select.select`, which knows no more than 1,024 files.
        heard = select.poll()
        heard.register(line.fileno(), select.POLLIN)
        return super().is_usable() if heard.poll(0) else True
