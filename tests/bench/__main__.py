"""`./run bench [name ...]`: every measure, or the named ones, each in a process of its own; exit 1 when a goal is missed."""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.figures import HOLDS, MISSED

FRAME = {"__init__", "__main__", "figures"}
# Measured in scratch databases on the server that DATABASE_URL names, where it is said.
EITHER_DATABASE = {"finding"}


def main(names):
    here = Path(__file__).parent
    measures = names or sorted(
        path.stem for path in here.glob("*.py") if path.stem not in FRAME and path.stem[0] != "_"
    )
    held, missed, broken = 0, 0, []
    for name in measures:
        code, lines = _apart(name, here.parents[1])
        held += sum(line.startswith(HOLDS) for line in lines)
        missed += sum(line.startswith(MISSED) for line in lines)
        broken += [name] if code else []
    unmeasured = f"; not measured to the end: {', '.join(broken)}" if broken else ""
    sys.stdout.write(f"{held + missed} figures, {missed} missed{unmeasured}\n")
    return 1 if missed or broken else 0


def _apart(name, root):
    """Exit code and lines of one measure, in a process and an empty data folder of its own.

    So none weighs on another, or on real rows. Its lines are shown as they come.
    """
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as folder:
        others = {"KIT_DEBUG", "SITE_URL"} | (set() if name in EITHER_DATABASE else {"DATABASE_URL"})
        mine = {key: value for key, value in os.environ.items() if key not in others}
        mine |= {"DATA_DIR": folder, "KIT_HOUSE": "real"}
        command, lines = [sys.executable, "-m", "tests.bench", "--one", name], []
        with subprocess.Popen(command, cwd=root, env=mine, stdout=subprocess.PIPE, text=True) as measure:
            for line in measure.stdout:
                lines.append(line)
                sys.stdout.write(line)
                sys.stdout.flush()
        return measure.returncode, lines


def one(name):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    django.setup()
    for figure in import_module(f"tests.bench.{name}").figures():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(one(sys.argv[2]) if sys.argv[1:2] == ["--one"] else main(sys.argv[1:]))
