"""`./run bench [name ...]`: every measure, or the named ones, each in a process of its own; exit 1 when a goal is missed."""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

FRAME = {"__init__", "__main__", "figures"}


def main(names):
    here = Path(__file__).parent
    measures = names or sorted(
        path.stem for path in here.glob("*.py") if path.stem not in FRAME and path.stem[0] != "_"
    )
    codes = [_apart(name, here.parents[1]) for name in measures]
    return 1 if any(codes) else 0


def _apart(name, root):
    """Run one measure in a process and an empty data folder of its own, so that none weighs on another or on real rows."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as folder:
        mine = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "KIT_DEBUG", "SITE_URL"}}
        mine |= {"DATA_DIR": folder, "KIT_HOUSE": "real"}
        return subprocess.call([sys.executable, "-m", "tests.bench", "--one", name], cwd=root, env=mine)


def one(name):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    django.setup()
    all_hold = True
    for figure in import_module(f"tests.bench.{name}").figures():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        all_hold &= figure.holds
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(one(sys.argv[2]) if sys.argv[1:2] == ["--one"] else main(sys.argv[1:]))
