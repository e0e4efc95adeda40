"""What a start refuses, and what it says."""

import pytest
from django.core.management import CommandError, call_command

from accounts.house import settle
from accounts.models import House, User
from accounts.running import first_link, warnings
from printing import pdf
from questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("marked", "started", "said"), [("demo", "serve", "holds the demo"), ("real", "demo", "real work")]
)
def test_a_database_marked_otherwise_is_refused_with_the_command_that_fits(settings, marked, started, said):
    settle(marked)
    settings.HOUSE = {"serve": "real", "demo": "demo"}[started]
    with pytest.raises(CommandError, match=said) as refused:
        call_command(started, no_serve=True)
    assert "DATA_DIR=/some/folder ./run" in str(refused.value)
    assert House.objects.get().kind == marked
    assert not Question.objects.exists()
    assert not User.objects.exists()


def test_serve_prints_the_address_and_a_link_only_until_there_is_somebody(capsys, client):
    call_command("serve", no_serve=True)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:" in said
    link = said.strip().splitlines()[-1]
    assert client.get("/setup/" + link.split("/setup/")[1], follow=True).status_code == 200
    House.objects.update(opened_at="2026-01-01T00:00Z")
    call_command("serve", no_serve=True)
    assert "/setup/" not in capsys.readouterr().out
    assert first_link() == ""


def test_a_missing_pango_is_the_last_warning_and_names_the_command(monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    assert "sudo apt-get install libpango-1.0-0" in warnings()[-1]
    assert "brew install pango" in warnings()[-1]
