#!/usr/bin/env python
"""The one front door for commands; ./run calls it."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        inside = Path(__file__).resolve().parent / ".venv/bin/python"
        if not inside.exists() or Path(sys.prefix) == inside.parent.parent:
            sys.exit("Django is not installed here. Start with: ./run")
        os.execv(inside, [str(inside), *sys.argv])  # noqa: S606 the same command, inside the environment
    from django.core.exceptions import ImproperlyConfigured

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        # A setting that stops the start: its sentence names the fix, a traceback would bury it.
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
