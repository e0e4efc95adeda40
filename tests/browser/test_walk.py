"""The whole main job in a browser, as the people who do it: on the demo, and once from an empty house."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.house import settle, setup_token
from committee.demo import load_demo
from foundation import clock
from printing import pdf
from questions.models import QuestionVersion
from tests.browser import access

PASSWORD = "a quiet green harbour"


@pytest.fixture
def bank(house):
    call_command("load_bank", stdout=StringIO())
    return house


@pytest.fixture
def demo(bank, settings):
    """The demo, and its doors: (people's pages by duty)."""
    settings.HOUSE = "demo"
    settle("demo")
    load_demo(Path(settings.BASE_DIR, "fixtures/demo.toml"))
    open_page, _findings = bank

    def enter(label):
        page = open_page()
        page.goto("/")
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
        return page

    return {
        "Recruiter": ("Rosa Lindqvist", enter("Recruiter")),
        "Interviewer": ("Imani Okafor", enter("Interviewer")),
        "Second interviewer": ("Sven Halvorsen", enter("Second interviewer")),
        "Committee member": ("Tomás Aguilar", enter("Committee member")),
    }


@pytest.fixture
def empty(bank):
    """An empty house opened by its one-time link; the administrator adds four people, who set their passwords."""
    settle("real")
    open_page, findings = bank
    administrator = open_page()
    administrator.goto(f"/setup/{setup_token()}/")
    findings.check(administrator)
    _fill(administrator, {"Name": "Ada Brandt", "Email": "ada@house.example", "Password": PASSWORD})
    administrator.get_by_role("button", name="Make the first administrator").click()
    expect(administrator.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    findings.check(administrator)
    people = {}
    for label, name in [
        ("Recruiter", "Rosa"),
        ("Interviewer", "Imani"),
        ("Second interviewer", "Sven"),
        ("Committee member", "Tomás"),
    ]:
        email = f"{label.split()[0].lower()}@house.example"
        administrator.goto("/people/new/")
        _fill(administrator, {"Name": name, "Email": email})
        administrator.get_by_label("Recruiter").set_checked(label == "Recruiter")
        administrator.get_by_role("button", name="Add and show the link").click()
        link = administrator.get_by_label("Link").input_value()
        page = open_page()
        page.goto(re.sub(r"^https?://[^/]+", "", link))
        findings.check(page)
        _fill(page, {"New password": PASSWORD, "The same password again": PASSWORD})
        page.get_by_role("button", name="Set password").click()
        _fill(page, {"Email": email, "Password": PASSWORD})
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
        people[label] = (name, page)
    return people


def _fill(page, values):
    for label, value in values.items():
        page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")).first.fill(value)


@pytest.mark.long
def test_the_whole_job_on_the_demo(demo, bank):
    walk(demo, bank[1])


def test_the_whole_job_from_an_empty_house(empty, bank):
    walk(empty, bank[1])


def walk(people, findings):
    (_name, recruiter), (first, one), (second, two), (third, committee) = people.values()
    write_a_question(recruiter, findings)
    role = make_a_role(recruiter, findings, {first: "Interviewer", second: "Interviewer", third: "Committee member"})
    make_a_plan(recruiter, findings, role)
    add_candidates(recruiter, findings)
    schedule(recruiter, findings, (first, second))
    score(one, findings, level=4, recommendation="Yes")
    expect_blind(two, first)
    score(two, findings, level=2, recommendation="No")
    decide(committee, findings)


def write_a_question(page, findings):
    page.goto("/questions/?q=recall&level=intermediate")
    page.get_by_role("link", name=re.compile("Two models screen")).click()
    expect(page.get_by_text("Must-have facts")).to_be_visible()
    findings.check(page)
    page.goto("/competencies/new/")
    _fill(page, {"Name": "Teamwork", "Definition": "Gets things done with others."})
    page.get_by_role("button", name="Make competency").click()
    page.goto("/competencies/teamwork/edit/")
    _fill(page, {"Name": "Working together"})
    page.get_by_role("button", name="Save competency").click()
    page.goto("/questions/new/")
    page.get_by_label("Competency").select_option(label="Working together")
    page.get_by_label("Type").select_option(label="behavioural")
    page.get_by_label("Level", exact=False).first.select_option(label="intermediate")
    _fill(page, {
        "Short title": "A plan that changed", "Minutes": "8",
        "Prompt": "Tell me about a time when a plan you had agreed with others had to change.",
    })  # fmt: skip
    _write_lines(page, "What to look for", "Names who was affected\nSays what they did first\nSays what came of it")
    _write_lines(page, "Probes", "What did you do first?\nWho disagreed?")
    for level in (1, 2, 3, 4, 5):
        _fill(page, {f"Anchor for level {level}": f"Describes what level {level} describes."})
    findings.check(page)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name=re.compile("[Pp]ublish")).first.click()
    expect(page.get_by_role("main")).to_contain_text("1, published on")
    page.get_by_role("button", name="New version").click()
    _fill(page, {"Scoring note": "Any job counts.", "What changed": "Says which jobs count."})
    page.get_by_role("button", name=re.compile("publish")).first.click()
    expect(page.get_by_role("heading", name="A plan that changed")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("main")).to_contain_text("2, published on")
    numbers = QuestionVersion.objects.filter(title="A plan that changed").exclude(published_at=None)
    assert sorted(numbers.values_list("number", flat=True)) == [1, 2]


def _write_lines(page, name, text):
    """Put several lines at once into the first box of a list; each becomes a box of its own."""
    boxes = page.get_by_role("group", name=name)
    boxes.get_by_label("Line 1").fill(text)
    expect(boxes.get_by_role("textbox")).to_have_count(len(text.splitlines()))


def make_a_role(page, findings, duties):
    page.goto("/roles/new/")
    _fill(page, {"Title": "Platform Engineer", "Team": "Search"})
    page.get_by_role("button", name="Make the role").click()
    expect(page.get_by_role("heading", name="Platform Engineer")).to_be_visible()
    role = page.url
    for competency, weight in (("Working together", "1"), ("Model evaluation", "2")):
        page.goto(f"{role}competencies/new/")
        page.get_by_label("Competency").select_option(label=competency)
        _fill(page, {"Weight": weight, "Reason": "Decides most of the work." if weight == "2" else ""})
        page.get_by_role("button", name="Add competency").click()
    for name, duty in duties.items():
        page.goto(f"{role}duties/new/")
        value = page.locator("#id_user option", has_text=name).first.get_attribute("value")
        page.get_by_label("Person").select_option(value=value)
        page.get_by_label("Duty").select_option(label=duty.lower())
        page.get_by_label("May record the decision").set_checked(duty == "Committee member")
        page.get_by_role("button", name="Give the duty").click()
    findings.check(page)
    return role


def make_a_plan(page, findings, role):
    page.goto(role)
    page.get_by_role("button", name="New draft").click()
    page.get_by_role("link", name="Add stage").click()
    _fill(page, {"Name": "Conversation", "Minutes": "45", "Opening script": "Welcome.", "Closing script": "Thank you."})
    page.get_by_role("button", name="Add stage").click()
    for competency, question in (
        ("Working together", "A plan that changed"),
        ("Model evaluation", "Two screening models"),
    ):
        page.get_by_role("link", name=re.compile("Add section")).click()
        page.get_by_label("Competency").select_option(label=competency)
        page.get_by_role("button", name=re.compile("[Aa]dd section")).click()
        page.get_by_role("link", name=re.compile(f"Add question.*{competency}", re.DOTALL)).click()
        access.settle(page)  # the panel comes by itself too, and may stand at this section before the link has answered
        expect(page.get_by_role("heading", name=f"Questions for {competency}")).to_be_visible()
        page.get_by_label("Words").fill(question)
        page.keyboard.press("Enter")
        page.get_by_role("button", name=re.compile(rf"^\s*Add\s+{question}")).click()
        expect(page.get_by_role("button", name=re.compile(f"Remove.*{question}", re.DOTALL))).to_be_visible()
    findings.check(page)
    page.get_by_role("link", name="Put in force").click()
    findings.check(page)
    page.get_by_role("button", name=re.compile("Put plan 1 in force")).click()
    expect(page.get_by_text("In force").first).to_be_visible()
    findings.check(page)


def add_candidates(page, findings):
    page.goto("/candidates/new/")
    page.get_by_label("Role").select_option(label="Platform Engineer")
    _fill(page, {"Name": "Grażyna O’Neill", "Email": "grazyna@mail.example"})
    page.get_by_role("button", name="Add candidate").click()
    page.goto("/candidates/paste/")
    page.get_by_label("Role").select_option(label="Platform Engineer")
    page.get_by_label("Names and emails").fill(
        "Ole Dahl, ole@mail.example\nMaya Roy <maya@mail.example>\nno address here"
    )
    page.get_by_role("button", name="Read the list").click()
    findings.check(page)
    page.get_by_role("button", name=re.compile("Add 2")).click()
    page.goto("/candidates/?q=Dahl")
    expect(page.get_by_text("Ole Dahl")).to_be_visible()
    findings.check(page)


def schedule(page, findings, names):
    page.goto("/candidates/?q=Gra")
    page.get_by_role("link", name="Grażyna O’Neill").click()
    page.get_by_role("link", name=re.compile("Schedule")).click()
    start = clock.now() + timedelta(days=30)
    page.get_by_label("Time zone").select_option("UTC")
    _fill(page, {"Date": f"{start:%Y-%m-%d}", "Time": f"{start:%H:%M}", "Place or link": "Room 1"})
    for name, seat in zip(names, ("lead", "panel"), strict=True):
        page.get_by_label(name).select_option(label=seat)
    findings.check(page)
    page.get_by_role("button", name="Schedule interview").click()
    expect(page.get_by_text("/score/").first).to_be_visible()
    findings.check(page)


def score(page, findings, *, level, recommendation):
    page.goto("/")
    findings.check(page)
    page.goto("/interviews/")
    page.get_by_role("article").filter(has_text="Grażyna").get_by_role("link", name=re.compile("Open the kit")).click()
    expect(page.get_by_text("Tell me about a time").first).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Show to candidate").click()
    shown = opened.value
    for place in range(2):
        page.keyboard.press(str(level if place else 3))
        note = page.locator("form.score-item.now [name=evidence], form.score-item:visible [name=evidence]").first
        note.fill(f"Said what level {level} says, and why.")
        note.press("Escape")
        expect(page.locator(".score-bar")).to_contain_text(re.compile(r"Saved"), timeout=20_000)
        findings.check(page)
        if not place:
            page.keyboard.press("n")
    expect(shown.get_by_text("Missed case").or_(shown.get_by_text("held-out")).first).to_be_visible()
    findings.check(shown, but={"page-has-heading-one"})  # it shows the material and nothing else
    page.get_by_role("link", name="Review").click()
    findings.check(page)
    page.locator("label", has_text=re.compile(f"^{recommendation}$")).click()
    _fill(page, {"Summary": "Clear about what was done."})
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.get_by_text("unchangeable from then on")).to_be_visible()
    findings.check(page)


def expect_blind(page, name):
    for path in ("/", "/interviews/", "/committee/"):
        page.goto(path)
        assert "Said what level" not in page.content()
    page.goto("/interviews/")
    page.get_by_role("article").filter(has_text="Grażyna").get_by_role("link", name=re.compile("Open the kit")).click()
    assert "Said what level" not in page.content()
    assert f"{name} submitted" not in page.content()


def decide(page, findings):
    page.goto("/committee/")
    findings.check(page)
    page.get_by_role("article").filter(has_text="Grażyna").get_by_role("link").first.click()
    expect(page.get_by_text("Composite").first).to_be_visible()
    expect(page.get_by_text("Worth talking about").first).to_be_visible()
    findings.check(page)
    document = page.context.request.get(page.get_by_role("link", name="Open as PDF").get_attribute("href"))
    assert document.headers["content-type"].startswith("application/pdf" if pdf.available() else "text/html")
    page.get_by_label("Hold", exact=True).check()
    _fill(page, {"Rationale": "A second conversation about evaluation first."})
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Decided: Hold")).to_be_visible()
    findings.check(page)
