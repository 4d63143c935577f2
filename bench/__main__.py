"""`make bench`: how fast Akcept is, as ratios to a floor measured in the same run; `--quick` only tries the bench."""

from __future__ import annotations

import os
import sys
import tempfile

from bench import places

# Processes are spawned, and each of them imports this module again.
if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ:
        sys.exit("DATABASE_URL has to name a PostgreSQL; `make bench` starts one.")
    with tempfile.TemporaryDirectory(prefix="akcept-bench-") as home:
        places.settle(places.product(home))
        from bench import report

        sys.exit(report.main(sys.argv[1:]))
