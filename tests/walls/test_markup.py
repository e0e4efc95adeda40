"""Every page of the demo is written as HTML is defined: no tag left open, none closed twice, nothing where it may not stand."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from tinyhtml5.parser import HTMLParser

from accounts.house import settle
from accounts.models import User
from committee.demo import load_demo
from tests.pages import pages

pytestmark = pytest.mark.django_db


def faults(html):
    parser = HTMLParser()
    parser.parse(html)
    return [(place, kind) for place, kind, _about in parser.errors]


@pytest.mark.parametrize(
    "slip", ['<p class="a" <b>x</b></p>', "<p><div></p></div>", "<ul><li>x</ul></li>", "<table><p></p></table>"]
)
def test_a_slip_is_found(slip):
    page = "<!doctype html><html lang='en'><head><title>x</title></head><body>{}</body></html>"
    assert faults(page.format("<p>x</p>")) == []
    assert faults(page.format(slip)) != []


@pytest.mark.long
def test_every_page_of_the_demo_is_well_formed(settings):
    call_command("load_bank", stdout=StringIO())
    settings.HOUSE = "demo"
    settle("demo")
    load_demo(Path(settings.BASE_DIR, "fixtures/demo.toml"))
    clients, found = {}, {}
    for name, email, path in pages():
        if email not in clients:
            clients[email] = Client()
            if email:
                clients[email].force_login(User.objects.get(email=email))
        answer = clients[email].get(path)
        if answer.headers["Content-Type"].startswith("text/html") and (wrong := faults(answer.text)):
            found[name] = wrong[:3]
    assert found == {}
