"""Every page of the demo: axe in both themes, nothing wider than a phone, no script of elsewhere."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from accounts.house import settle
from accounts.models import User
from committee.demo import load_demo
from tests.pages import pages


def test_every_page_is_accessible_and_fits_a_phone(house, settings):
    call_command("load_bank", stdout=StringIO())
    settings.HOUSE = "demo"
    settle("demo")
    load_demo(Path(settings.BASE_DIR, "fixtures/demo.toml"))
    open_page, findings = house
    findings.expected = {"404 (Not Found)", "403 (Forbidden)"}
    tabs, too_wide = {}, []
    for name, email, path in pages():
        page = tabs.get(email) or tabs.setdefault(email, open_page(email and User.objects.get(email=email)))
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path, wait_until="networkidle")
        findings.check(page, but={"page-has-heading-one"} if "interview_show" in name else ())
        page.set_viewport_size({"width": 360, "height": 780})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(name)
    assert too_wide == []
