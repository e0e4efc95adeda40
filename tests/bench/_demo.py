"""The demo as people get it: a house of its own in an empty folder, served by gunicorn; and a browser to look at it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.chromium import started_with

ROOT = Path(__file__).resolve().parents[2]
_PAGES = "import django, json; django.setup(); from tests.pages import pages; print(json.dumps(pages()))"


@dataclass(frozen=True)
class Demo:
    """Where the demo answers, the process that keeps its worker, and its pages as (name, email or None, path)."""

    address: str
    server: int
    pages: list[tuple[str, str | None, str]]


@contextmanager
def demo() -> Iterator[Demo]:
    """Prepare and serve the demo; it is stopped and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        apart = {
            **os.environ,
            "KIT_HOUSE": "demo",
            "DATA_DIR": folder,
            "PORT": port,
            "DJANGO_SETTINGS_MODULE": "interviewkit.settings",
        }
        manage = [sys.executable, "manage.py", "demo"]
        subprocess.run([*manage, "--no-serve"], cwd=ROOT, env=apart, check=True, stdout=subprocess.DEVNULL)
        listed = subprocess.check_output([sys.executable, "-c", _PAGES], cwd=ROOT, env=apart, text=True)
        server = subprocess.Popen(manage, cwd=ROOT, env=apart, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield Demo(f"http://127.0.0.1:{port}", server.pid, [tuple(page) for page in json.loads(listed)])
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    for _turn in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, without a window and without traffic of its own."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**started_with())
        yield browser
        browser.close()


def signed_in(browser: Browser, house: Demo, email: str | None) -> BrowserContext:
    """A window of 1366×900 in which that person of the demo is signed in; nobody for None."""
    context = browser.new_context(base_url=house.address, viewport={"width": 1366, "height": 900})
    if email:
        page = context.new_page()
        page.goto("/sign-in/")
        page.locator(f"button[value='{email.split('@')[0]}']").click()
        page.wait_for_load_state()
        page.close()
    return context
