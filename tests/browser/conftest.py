"""A real Chromium on the real server; every page it meets must be clean."""

import os
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Error

from tests import chromium
from tests.browser import access

AXE = Axe().axe_script


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | chromium.started_with()


@pytest.fixture(scope="session")
def launch_browser(launch_browser):
    def launch(**options):
        try:
            return launch_browser(**options)
        except Error as problem:
            if os.environ.get("CI"):
                pytest.fail(f"CI must have a Chromium: {problem}")
            pytest.skip("no Chromium here (Debian: apt-get install chromium-headless-shell)")

    return launch


# What htmx says when somebody leaves a page before a part of it has come: no fault of the page.
LEFT_EARLY = ("htmx:sendAbort", "htmx:afterRequest")


class Findings:
    """What went wrong on the pages that were met, by kind."""

    def __init__(self, home):
        self.home, self.found, self.expected = home, defaultdict(list), set()

    def watch(self, context):
        context.on("request", self._request)
        context.on("page", self._page)
        context.on("console", self._console)

    def _page(self, page):
        page.on("pageerror", lambda error: self.found["script error"].append(f"{page.url}: {error}"))

    def _console(self, message):
        if message.type == "error" and not any(text in message.text for text in (*self.expected, *LEFT_EARLY)):
            self.found["console error"].append(f"{message.page.url if message.page else ''}: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self.home:
            self.found["foreign request"].append(request.url)

    def check(self, page, *, themes=("light", "dark"), but=()):
        """Run axe on the page as it stands, in both themes; `but` names rules that do not fit this page."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            for violation in page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]:
                if violation["id"] in but:
                    continue
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                width = page.viewport_size["width"]
                self.found["axe"].append(f"{page.url} ({theme}, {width} px): {violation['id']} {nodes}")
        page.emulate_media(color_scheme="light")


@pytest.fixture
def picture():
    """picture(page, name): the whole page in screens/, wide and light, narrow and dark, where WALK_PICTURES is set."""

    def take(page, name):
        if os.environ.get("WALK_PICTURES"):
            before = page.viewport_size
            page.screenshot(path=f"screens/walk-{name}.png", full_page=True)
            page.set_viewport_size(access.NARROW)
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=f"screens/walk-{name}-360-dark.png", full_page=True)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(before)

    return take


@pytest.fixture
def house(lifted, live_server, browser):
    """(sign_in, findings): sign_in(user) → a page of that person's own browser; nothing unclean may be met."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    findings, contexts = Findings(urlsplit(live_server.url).netloc), []

    def open_page(user=None, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(20_000)
        findings.watch(context)
        contexts.append(context)
        if user is not None:
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.create()
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
            )
        return context.new_page()

    yield open_page, findings
    for context in contexts:
        context.close()
    assert dict(findings.found) == {}
