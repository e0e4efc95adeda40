"""A picture of every page and of what it comes to: `./run screens [word in the name]` → screens/NAME-WIDTH-THEME.png, which git ignores."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {360: 780, 820: 1180, 1440: 900}


def main(word=""):
    with tempfile.TemporaryDirectory(prefix="kit-screens-") as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        os.environ |= {"KIT_HOUSE": "demo", "DATA_DIR": folder, "PORT": port, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        subprocess.run([sys.executable, "manage.py", "demo", "--no-serve"], cwd=ROOT, check=True)
        server = subprocess.Popen([sys.executable, "manage.py", "demo"], cwd=ROOT)
        try:
            _take(f"http://127.0.0.1:{port}", word)
        finally:
            server.terminate()
            server.wait()


def _wait_for(address):
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return


def _take(address, word):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    from playwright.sync_api import sync_playwright

    from tests import chromium
    from tests.pages import pages
    from tests.states import State, states

    target = ROOT / "screens"
    target.mkdir(exist_ok=True)
    every = [page for page in [*(State(*page, None) for page in pages()), *states()] if word in page.name]
    _wait_for(address)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**chromium.started_with())
        for email in sorted({page.email or "" for page in every}):
            context = browser.new_context(base_url=address, reduced_motion="reduce")
            page = context.new_page()
            if email:
                page.goto("/sign-in/")
                page.locator(f"button[value='{email.split('@')[0]}']").click()
                page.wait_for_load_state()
            for state in [each for each in every if (each.email or "") == email]:
                _shoot(page, state, target / state.name)
        browser.close()
    sys.stdout.write(f"{len(every)} pages in {len(WIDTHS) * 2} forms each: {target}\n")


def _shoot(page, state, stem):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(state.path)
    page.wait_for_load_state("networkidle")
    if state.reach:
        state.reach(page)
        page.wait_for_load_state("networkidle")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=f"{stem}-{width}-{theme}.png", full_page=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
