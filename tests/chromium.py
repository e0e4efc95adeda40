"""Which Chromium the tests, the pictures and the measures drive, and how it is started."""

import os
import shutil

# The shell without windows does the same pages with about half the work of the whole browser.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


def started_with():
    """What Playwright's `launch` is told: without traffic of its own; where none is found, Playwright takes its own."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**({"executable_path": found} if found else {}), "args": [*QUIET, *as_root]}
