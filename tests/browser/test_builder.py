"""A plan from a new role to its kit, assembled and adjusted: once by keyboard alone, once with the mouse."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from plans.models import InterviewPlan, Item, Section
from printing import pdf
from tests.browser.access import settle
from tests.factories import CompetencyFactory, MembershipFactory, UserFactory, VersionFactory

# Title → prompt; the prompts have nothing in common. The first of each competency is worth least.
MODELS = {
    "A first metric": "How would you count mistakes in a spam filter?",
    "Two screening models": "Which of the two would you release?",
    "Leaking labels": "Where does this number come from?",
    "A quiet drift": "Sales fell in May while every dashboard stayed green. What happened?",
}
PEOPLE = {
    "A first team": "Who helped in your earliest project?",
    "A plan that changed": "Tell me about a joint effort.",
    "A late objection": "Somebody disagreed after the decision. What did you do next?",
}


@pytest.fixture
def bank():
    """Two competencies with questions of nine minutes."""
    competencies = CompetencyFactory(name="Model evaluation"), CompetencyFactory(name="Working together")
    for competency, questions in zip(competencies, (MODELS, PEOPLE), strict=True):
        for place, (title, prompt) in enumerate(questions.items()):
            level = "intermediate" if place else "beginner"
            VersionFactory(question__competency=competency, title=title, prompt=prompt, minutes=9, level=level)
    return competencies


def tab_to(page, target):
    """Tab on, or back where that is the way, until `target` has the focus."""
    node = target.first.element_handle()
    back = node.evaluate(
        "node => Boolean(document.activeElement.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)"
    )
    for _stop in range(200):
        if node.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no way by Tab to {target}")


def press(page, role, name, *, leaves=False):
    """Go to what is called `name`, and press it."""
    tab_to(page, page.get_by_role(role, name=re.compile(rf"^\s*{re.escape(name)}")))
    if leaves:
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
    settle(page)


def write(page, label, text):
    tab_to(page, page.get_by_label(label, exact=False))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page, label, first_letters):
    tab_to(page, page.get_by_label(label, exact=False))
    page.keyboard.type(first_letters)


def told(page, words):
    expect(page.locator("#told")).to_contain_text(words)


def asked(plan):
    """Titles by stage, in the order of asking."""
    items = Item.objects.filter(section__stage__plan=plan).order_by("section__position", "position")
    return [
        list(items.filter(section__stage=stage).values_list("version__title", flat=True)) for stage in plan.stages.all()
    ]


def opened_kit(page, plan):
    """Where the kit is, once it has been opened as a person opens it; it must print what was agreed."""
    kit = page.context.request.get(page.get_by_role("link", name="Print the kit").get_attribute("href"))
    assert kit.headers["content-type"].startswith("application/pdf" if pdf.available() else "text/html")
    if os.environ.get("WALK_PICTURES"):
        Path("screens", f"walk-{plan.role.title}.pdf").write_bytes(kit.body())


def two_stages_by_keyboard(page, bank):
    """The draft of a new role that judges `bank`, with two stages."""
    page.goto("/roles/new/")
    write(page, "Title", "Platform Engineer")
    press(page, "button", "Make the role", leaves=True)
    press(page, "button", "New draft", leaves=True)
    for competency in bank:
        press(page, "link", "Add a competency", leaves=True)
        choose(page, "Competency", competency.name[:5])
        press(page, "button", "Add competency", leaves=True)
    for name in ("Conversation", "Work together"):
        press(page, "link", "Add stage", leaves=True)
        write(page, "Name", name)
        press(page, "button", "Add stage", leaves=True)


def assemble_by_keyboard(page, picture):
    press(page, "link", "Assemble questions", leaves=True)
    picture(page, "2-wishes")
    press(page, "button", "Propose questions", leaves=True)
    proposal = page.locator("#proposal")
    expect(proposal).to_contain_text("So this is the best of them; the gap is 0 %.")
    expect(proposal).to_contain_text("In two interviews or more: Model evaluation, Working together")
    expect(proposal).to_contain_text("by value a minute")
    picture(page, "3-proposal")
    press(page, "button", "Put into the plan", leaves=True)
    settle(page)
    picture(page, "4-assembled")


@pytest.mark.long
def test_a_loop_is_assembled_adjusted_and_put_in_force_by_keyboard_alone(house, bank, picture):
    page = house[0](UserFactory(is_recruiter=True))
    two_stages_by_keyboard(page, bank)
    picture(page, "1-empty")
    assemble_by_keyboard(page, picture)
    plan = InterviewPlan.objects.get()
    proposed = asked(plan)
    assert [len(titles) for titles in proposed] == [3, 3]
    [left] = {*MODELS, *PEOPLE} - {*proposed[0], *proposed[1]}
    assert left.startswith("A first")

    section = Section.objects.filter(stage__plan=plan).order_by("stage__position", "-position").first()
    moved = section.items.first().version.title
    placed = page.locator("[id^=item-]").get_by_role("link", name=moved, exact=True)
    tab_to(page, placed)
    page.keyboard.press("Alt+ArrowDown")
    told(page, f"moved “{moved}” to {section.competency}")
    expect(placed).to_be_focused()
    assert asked(plan) != proposed
    page.keyboard.press("Control+z")
    told(page, "undid a change")
    assert asked(plan) == proposed
    press(page, "button", f"Remove {moved}")
    told(page, f"removed “{moved}”")
    own = Item.objects.filter(section__stage__plan=plan).first()
    write(page, f"Minutes for {own.version.title}", "8")
    page.keyboard.press("Tab")
    told(page, "8 minutes")
    measured = bank[0] if left in MODELS else bank[1]
    press(page, "link", f"Add question to {measured.name}")
    press(page, "button", f"Add {left}")
    told(page, f"added “{left}”")
    press(page, "link", f"Move to … {left}")
    expect(page.get_by_label(f"Move “{left}” to")).to_be_focused()
    page.keyboard.press("ArrowDown")
    press(page, "button", "Move")
    told(page, f"moved “{left}”")
    press(page, "button", f"Make it a warm-up {left}")
    told(page, "a warm-up")
    picture(page, "5-adjusted")
    press(page, "link", "Put in force", leaves=True)
    picture(page, "6-before")
    press(page, "button", "Put plan 1 in force", leaves=True)
    picture(page, "7-in-force")
    plan.refresh_from_db()
    assert plan.status == "active"
    assert sorted(title for titles in asked(plan) for title in titles) == sorted({*MODELS, *PEOPLE} - {moved})
    opened_kit(page, plan)
    house[1].check(page)


def drag(page, grip, onto, *, above=True):
    """With the mouse held down, in steps as a hand moves."""
    onto.scroll_into_view_if_needed()
    grip.scroll_into_view_if_needed()
    start, box = grip.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    height = box["y"] + (4 if above else box["height"] - 4)
    for step in range(1, 13):
        page.mouse.move(
            start["x"] + (box["x"] + 60 - start["x"]) * step / 12, start["y"] + (height - start["y"]) * step / 12
        )
    page.mouse.move(box["x"] + 62, height)
    page.mouse.up()
    settle(page)


def assemble_stage_with_mouse(page, bank, picture):
    """A stage of a new role, with a section for each of `bank`, filled with all that was proposed but “Leaking labels”."""
    page.goto("/roles/new/")
    page.get_by_label("Title").fill("Data Scientist")
    page.get_by_role("button", name="Make the role").click()
    page.get_by_role("button", name="New draft").click()
    for name in ("Conversation", "Work together"):
        page.get_by_role("link", name="Add stage").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Minutes").fill("60")
        page.get_by_role("button", name="Add stage").click()
    for competency in bank[::-1]:
        page.get_by_role("link", name="Add section to Conversation").click()
        page.get_by_label("Competency").select_option(label=competency.name)
        page.get_by_role("button", name="Add section").click()
    page.get_by_role("link", name="Assemble Conversation").click()
    page.get_by_role("button", name="Propose questions").click()
    picture(page, "mouse-1-proposal")
    page.locator("#proposal").get_by_label("Leaking labels").uncheck()
    page.get_by_role("button", name="Put into the plan").click()
    settle(page)


@pytest.mark.long
def test_a_stage_is_assembled_arranged_and_put_in_force_with_the_mouse(house, bank, picture):
    page = house[0](UserFactory(is_recruiter=True))
    assemble_stage_with_mouse(page, bank, picture)
    plan = InterviewPlan.objects.get()
    [stage, other] = plan.stages.all()
    [people, models] = stage.sections.all()
    assert asked(plan) == [["A late objection", "A plan that changed", "A quiet drift", "Two screening models"], []]

    place = page.locator(f"#section-{models.pk} [data-list=item]")
    page.get_by_label("Words").fill("leaking")
    # What others change meanwhile draws the panel anew, under the words.
    page.evaluate("htmx.trigger(document.body, 'plan-changed')")
    settle(page)
    expect(page.get_by_label("Words")).to_have_value("leaking")
    page.get_by_label("Competency").select_option("")
    page.get_by_role("button", name="Search").click()
    settle(page)
    found = page.locator("#question-search article", has_text="Leaking labels")
    drag(page, found.locator(".grip"), page.locator(f"#section-{people.pk} [data-list=item]"))
    assert len(titles(people)) == 2  # it measures something else
    drag(page, found.locator(".grip"), place)
    told(page, "added “Leaking labels”")
    assert titles(models) == ["Leaking labels", "A quiet drift", "Two screening models"]
    rows = place.locator("article")
    drag(page, rows.nth(1).locator(".grip"), rows.nth(0))
    told(page, "moved “A quiet drift”")
    assert titles(models)[:2] == ["A quiet drift", "Leaking labels"]
    heads = page.locator(f"#stage-{stage.pk} .part .part-head")
    drag(page, heads.nth(1).locator(".grip"), heads.nth(0))
    told(page, "moved the section")
    assert list(stage.sections.all()) == [models, people]
    picture(page, "mouse-2-arranged")
    idle = house[0](MembershipFactory(role=plan.role, hiring_manager=True).user)
    idle.goto(f"/plans/{plan.pk}/")
    settle(idle)
    page.get_by_role("button", name="Undo").click()
    told(page, "undid a change")
    idle.evaluate("dispatchEvent(new Event('focus'))")
    idle.get_by_role("link", name="Show the plan as it is now").click()
    told(idle, "undid a change")
    expect(idle.locator(".part h3").first).to_have_text(people.competency.name)
    assert stage.sections.first() == people
    page.locator(f"#stage-{other.pk} summary", has_text="Remove this stage").click()
    page.get_by_role("button", name="Remove the stage and its sections").last.click()
    told(page, "removed the stage")
    page.get_by_role("link", name="Put in force").click()
    page.get_by_role("button", name="Put plan 1 in force").click()
    expect(page.get_by_text("In force").first).to_be_visible()
    opened_kit(page, plan)


def titles(section):
    return list(section.items.order_by("position").values_list("version__title", flat=True))
