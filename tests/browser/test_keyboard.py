"""The main job without a mouse: every stop shows where one is, nothing holds the focus, and no swap loses it."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from foundation import clock
from tests.browser.access import measure, settle
from tests.factories import ApplicationFactory, MembershipFactory, PlanFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory

PASSWORD = "a quiet green harbour"
MANY = 150
# Past the last stop of a page come the browser's own bars, then its first stop again.
OUTSIDE = "document.activeElement === document.body"


@pytest.fixture
def staff(house):
    """(recruiter, interviewer, decider) of a role whose first plan is a draft that lacks nothing, and one candidate."""
    plan = PlanFactory(role__title="Platform Engineer")
    competency = plan.stages.get().sections.last().competency
    VersionFactory(question=QuestionFactory(competency=competency), title="One more question")
    ApplicationFactory(plan=plan, candidate__name="Grażyna O’Neill")
    duties = {"recruiter": {"may_decide": False}, "interviewer": {}, "committee": {"may_decide": True}}
    return [
        MembershipFactory(
            role=plan.role,
            duty=duty,
            user=UserFactory(name=duty.title(), is_recruiter=duty == "recruiter", password=make_password(PASSWORD)),
            **more,
        ).user
        for duty, more in duties.items()
    ]


class Keys:
    """A person at the keyboard. Every stop on the way is looked at."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, target):
        """Tab to `target`; every stop up to there must be seen."""
        for _stop in range(MANY):
            self.press("Tab")
            if self.page.evaluate(OUTSIDE):
                continue
            assert measure(self.page, "stopTroubles") == []
            if target.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"no way by Tab to {target}")

    def open(self, role, name):
        self.enter(self.page.get_by_role(role, name=name).first)

    def turn_to(self, name):
        """By the navigation, which stands open beside a wide page."""
        self.enter(self.page.locator(".menu a", has_text=name))

    def enter(self, target):
        """Go to `target` and open it; the old page has gone, or the swap is over, before the next key."""
        self.go(target)
        swaps = target.evaluate("node => Boolean(node.closest('[hx-get], [hx-post]'))")
        with nullcontext() if swaps else self.page.expect_navigation():
            self.press("Enter")
        settle(self.page)

    def write(self, label, text):
        self.go(self.page.get_by_label(label).first)
        self.page.keyboard.type(text)

    def stays(self):
        """After a swap the focus is on something that can be seen."""
        settle(self.page)
        assert measure(self.page, "stopTroubles") == []


def enter(house, person):
    page = house[0]()
    keys = Keys(page)
    page.goto("/")
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.write("Email", person.email)
    keys.write("Password", PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    return keys


@pytest.mark.long
def test_the_whole_job_by_keyboard_alone(house, staff):
    recruiter, interviewer, decider = staff
    build_and_schedule(enter(house, recruiter), interviewer)
    score_and_submit(enter(house, interviewer))
    read_and_decide(enter(house, decider))


def build_and_schedule(keys, interviewer):
    page = keys.page
    keys.turn_to("Roles")
    keys.open("link", "Platform Engineer")
    keys.open("link", "Plan 1")
    keys.open("button", "Down Competency")
    keys.stays()
    expect(page.locator("#told")).to_contain_text("The plan now has 2 scored questions")
    keys.open("link", "Add question to")
    keys.stays()
    keys.open("button", "Add One more question")
    keys.stays()
    expect(page.locator("#told")).to_contain_text("The plan now has 3 scored questions")
    keys.open("button", "Remove One more question")
    keys.stays()
    keys.open("link", "Put in force …")
    keys.open("button", "Put plan 1 in force")
    expect(page.get_by_text("In force").first).to_be_visible()
    keys.turn_to("Candidates")
    keys.open("link", "Grażyna")
    keys.open("link", "Schedule")
    start = clock.now() + timedelta(days=30)
    keys.write("Date", f"{start:%m%d%Y}")
    keys.go(page.get_by_label("Time", exact=False).and_(page.locator("[type=time]")))
    page.keyboard.type("0930AM")
    keys.write(interviewer.name, "lead")
    keys.open("button", "Schedule interview")
    expect(page.get_by_text("/score/").first).to_be_visible()


def score_and_submit(keys):
    page = keys.page
    keys.open("link", "C-9")
    expect(page.locator("#saving-text")).to_have_text("Saves as you go")
    keys.press("n", "4", "n")
    expect(page.locator("#place")).to_have_text("Question 3 of 3")
    keys.press("3")
    keys.go(page.locator(".score-item.now [name=evidence]"))
    page.keyboard.type("Said 4 things.")
    keys.press("Escape", "?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    expect(page.locator(".score-bar")).to_contain_text("Saved")
    keys.open("link", "Review")
    keys.go(page.locator("[name=recommendation]").first)
    keys.press("ArrowRight", "ArrowRight")
    keys.write("Summary", "Clear.")
    keys.open("button", "Submit scorecard")
    expect(page.get_by_text("unchangeable from then on")).to_be_visible()


def read_and_decide(keys):
    page = keys.page
    keys.open("link", "C-9")
    expect(page.get_by_text("Composite").first).to_be_visible()
    keys.open("link", "Go to the decision")
    keys.go(page.locator("[name=outcome]").first)
    keys.press("Space")
    keys.write("Rationale", "Clear and careful.")
    keys.open("button", "Record the decision")
    expect(page.get_by_text("Decided:").first).to_be_visible()


def test_tab_leads_round_a_whole_page_and_nothing_holds_it(house, staff):
    page = house[0](staff[0])
    plan = staff[0].memberships.get().role.plans.get()
    for path in ("/", f"/plans/{plan.pk}/", "/questions/", "/questions/new/"):
        page.goto(path)
        settle(page)
        stops = []
        while len(stops) < MANY:
            page.keyboard.press("Tab")
            if page.evaluate(OUTSIDE):
                break
            place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
            if place not in stops[-1:]:  # a date holds several stops
                stops.append(place)
        assert stops == sorted(set(stops)), path
        assert 8 < len(stops) < MANY, path
