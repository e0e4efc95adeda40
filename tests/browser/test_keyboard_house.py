"""A house is opened and furnished without a mouse: people, a competency, a question, a role with its duties, a candidate."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.house import settle, setup_token
from interviews.models import Application
from plans.models import Membership, RoleCompetency
from questions.models import QuestionVersion
from tests.browser.access import settle as settled
from tests.browser.test_keyboard import PASSWORD, Keys

pytestmark = pytest.mark.long
EMAIL = "rosa@house.example"


def label(text):
    """The label that says just this, with its star or without."""
    return re.compile(rf"^\s*{text}\s*\*?\s*$")


def fill(keys, **values):
    """Go to each field and type; into a list that drops down, the first letters of what is chosen."""
    for name, value in values.items():
        keys.write(label(name.replace("_", " ")), value)


def test_a_house_is_opened_and_furnished_by_keyboard_alone(house):
    settle("real")
    keys = Keys(house[0]())
    keys.page.goto(f"/setup/{setup_token()}/")
    fill(keys, Name="Ada Brandt", Email="ada@house.example", Password=PASSWORD)
    keys.open("button", "Make the first administrator")
    recruiter = add_a_recruiter(keys, house)
    write_a_question(recruiter)
    make_a_role(recruiter)
    add_a_candidate(recruiter)
    assert not house[1].found


def add_a_recruiter(keys, house):
    """Whoever is added sets a password and signs in, by keyboard too."""
    keys.turn_to("People")
    keys.enter(keys.page.locator(f"a[href='{reverse('accounts:person_new')}']").first)
    fill(keys, Name="Rosa", Email=EMAIL)
    keys.go(keys.page.get_by_label("Recruiter"))
    keys.press("Space")
    keys.open("button", "Add and show the link")
    link = keys.page.get_by_label("Link").input_value()
    theirs = Keys(house[0]())
    theirs.page.goto(re.sub(r"^https?://[^/]+", "", link))
    fill(theirs, New_password=PASSWORD, The_same_password_again=PASSWORD)
    theirs.open("button", "Set password")
    fill(theirs, Email=EMAIL, Password=PASSWORD)
    theirs.open("button", "Sign in")
    expect(theirs.page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    return theirs


def write_a_question(keys):
    page = keys.page
    keys.turn_to("Questions")
    keys.open("link", "Competencies")
    keys.open("link", "New competency")
    fill(keys, Name="Working together", Definition="Gets things done with others.")
    keys.open("button", "Make competency")
    keys.turn_to("Questions")
    keys.open("link", "New question")
    fill(keys, Competency="Working", Type="behavioural", Level="intermediate")
    fill(keys, Short_title="A plan that changed", Minutes="8")
    keys.write(label("Prompt"), "Tell me about a time when a plan you had agreed with others had to change.")
    write_lines(keys, "What to look for", "Names who was affected", "Says what they did first", "Says what came of it")
    write_lines(keys, "Probes", "What did you do first?", "Who disagreed?")
    for level in (1, 2, 3, 4, 5):
        fill(keys, **{f"Anchor_for_level_{level}": f"Describes what level {level} describes."})
    keys.open("button", "Save draft")
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    keys.open("button", re.compile("[Pp]ublish"))
    expect(page.get_by_role("main")).to_contain_text("1, published on")
    assert QuestionVersion.objects.get().look_for.count("\n") == 2


def write_lines(keys, group, *lines):
    """Enter makes the next line, and the focus is in it."""
    keys.go(keys.page.get_by_role("group", name=group).get_by_label("Line 1"))
    for number, line in enumerate(lines):
        if number:
            keys.press("Enter")
        keys.page.keyboard.type(line)
    keys.stays()


def make_a_role(keys):
    keys.turn_to("Roles")
    keys.open("link", "New role")
    fill(keys, Title="Platform Engineer", Team="Search")
    keys.open("button", "Make the role")
    keys.enter(keys.page.locator("#competencies .section-head a"))
    fill(keys, Competency="Working", Weight="2", Reason="Decides most of the work.")
    keys.open("button", "Add competency")
    assert RoleCompetency.objects.get().reason == "Decides most of the work."
    keys.enter(keys.page.locator("#people .section-head a"))
    fill(keys, Person="Ada", Duty="hiring")
    keys.open("button", "Give the duty")
    assert Membership.objects.filter(user__name="Ada Brandt", duty="hiring_manager").exists()


def add_a_candidate(keys):
    keys.turn_to("Candidates")
    keys.open("link", "New candidate")
    fill(keys, Role="Platform", Name="Grażyna O’Neill", Email="grazyna@mail.example")
    keys.open("button", "Add candidate")
    settled(keys.page)
    assert Application.objects.get().candidate.name == "Grażyna O’Neill"
