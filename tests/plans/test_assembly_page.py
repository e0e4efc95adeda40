"""The page that assembles a draft: wishes, proposal, the one thing to relax, and putting it into the plan."""

import hashlib
import re
import textwrap

import pytest

from plans.models import Item, PlanEdit
from tests.factories import MembershipFactory, PlanFactory, VersionFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


@pytest.fixture
def client(draft, signed_in):
    return signed_in(MembershipFactory(role=draft.role, hiring_manager=True).user)


@pytest.fixture
def competencies(draft):
    return [row.competency for row in draft.competencies.order_by("pk")]


def question(competency, title, **fields):
    """A published question whose prompt has nothing in common with that of another title."""
    letters = hashlib.sha256(title.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    fields.setdefault("prompt", " ".join(textwrap.wrap(letters, 8)) + "?")
    return VersionFactory(question=QuestionFactory(competency=competency), title=title, **fields)


def address(draft, stage=None):
    return f"/plans/{draft.pk}/assemble/" + (f"?stage={stage.pk}" if stage else "")


def filled(client, path, **changes):
    """Everything that the form at `path` holds, as a browser sends it, with `changes`."""
    page = client.get(path)
    form = page.context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value for name, value in held.items() if value not in {None, False}
    } | changes


def proposed(client, path, **changes):
    return client.post(path, filled(client, path, **changes)).context["proposal"]


def titles(proposal):
    return [pick.offer.title for stage in proposal.stages for pick in stage.picks]


def test_a_loop_is_proposed_within_its_minutes_and_put_into_the_plan_as_one_change(client, draft, competencies):
    for place in range(6):
        question(competencies[place % 2], f"Case {place}", minutes=6 + place, level="advanced")
    page = client.post(address(draft), filled(client, address(draft)))
    proposal = page.context["proposal"]
    assert proposal.is_best
    assert all(stage.minutes <= stage.budget == 35 for stage in proposal.stages)
    before = Item.objects.filter(section__stage__plan=draft).count()
    text = page.content.decode()
    picks = re.findall(r'name="pick"[^>]*value="([0-9-]+)"', text)
    seen = re.search(r'name="seen" value="(\d+)"', text)[1]
    answer = client.post(f"/plans/{draft.pk}/assemble/put/", {"pick": picks, "seen": seen})
    assert answer.headers["Location"] == f"/plans/{draft.pk}/"
    assert Item.objects.filter(section__stage__plan=draft).count() == before + len(picks)
    assert PlanEdit.objects.filter(plan=draft).count() == 1
    client.post(f"/plans/{draft.pk}/undo/", {"seen": int(seen) + 1})
    assert Item.objects.filter(section__stage__plan=draft).count() == before
