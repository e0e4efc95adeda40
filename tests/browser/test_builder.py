"""A plan from a new role to its kit: once by keyboard alone, once with the mouse."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from plans.models import InterviewPlan, Item
from printing import pdf
from tests.browser.access import settle
from tests.factories import CompetencyFactory, MembershipFactory, PlanFactory, UserFactory, VersionFactory

TITLES = ("Two screening models", "Leaking labels", "A plan that changed")


@pytest.fixture
def bank():
    """Two competencies with questions whose prompts have nothing in common."""
    first, second = CompetencyFactory(name="Model evaluation"), CompetencyFactory(name="Working together")
    prompts = (
        "Which of the two would you release?",
        "Where does this number come from?",
        "Tell me about a joint effort.",
    )
    for competency, title, prompt in zip((first, first, second), TITLES, prompts, strict=True):
        VersionFactory(question__competency=competency, title=title, prompt=prompt, minutes=9)
    return first, second


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


def test_a_plan_is_made_by_keyboard_alone(house, bank):
    page = house[0](UserFactory(is_recruiter=True))
    page.goto("/roles/new/")
    write(page, "Title", "Platform Engineer")
    press(page, "button", "Make the role", leaves=True)
    press(page, "button", "New draft", leaves=True)
    press(page, "link", "Add stage", leaves=True)
    write(page, "Name", "Conversation")
    press(page, "button", "Add stage", leaves=True)
    for competency in bank:
        press(page, "link", "Add section", leaves=True)
        choose(page, "Competency", competency.name[:5])
        press(page, "button", "Add section", leaves=True)
    for competency, title in zip((bank[0], bank[0], bank[1]), TITLES, strict=True):
        press(page, "link", f"Add question to {competency.name}")
        press(page, "button", f"Add {title}")
        told(page, f"added “{title}”")
    tab_to(page, page.get_by_role("link", name=TITLES[1], exact=True))
    page.keyboard.press("Alt+ArrowUp")
    told(page, f"moved “{TITLES[1]}” to Model evaluation, Conversation, 1")
    expect(page.get_by_role("link", name=TITLES[1], exact=True)).to_be_focused()
    page.keyboard.press("Control+z")
    told(page, "undid a change")
    write(page, f"Minutes for {TITLES[1]}", "12")
    page.keyboard.press("Tab")
    told(page, "12 minutes")
    press(page, "link", f"Move to … {TITLES[0]}")
    expect(page.get_by_label(f"Move “{TITLES[0]}” to")).to_be_focused()
    page.keyboard.type("after")
    press(page, "button", "Move")
    told(page, f"moved “{TITLES[0]}” to Model evaluation, Conversation, 2")
    press(page, "link", "Put in force", leaves=True)
    press(page, "button", "Put plan 1 in force", leaves=True)
    plan = InterviewPlan.objects.get()
    asked = Item.objects.order_by("section__position", "position").values_list("version__title", "minutes")
    assert (plan.status, list(asked)) == ("active", [(TITLES[1], 12), (TITLES[0], 9), (TITLES[2], 9)])
    kit = page.context.request.get(page.get_by_role("link", name="Print the kit").get_attribute("href"))
    assert kit.headers["content-type"].startswith("application/pdf" if pdf.available() else "text/html")
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


def test_a_plan_is_arranged_with_the_mouse(house, bank):
    plan = PlanFactory(stages=1, role__title="Platform Engineer")
    [stage] = plan.stages.all()
    section = stage.sections.first()
    section.competency = bank[0]
    section.save()
    section.items.all().delete()
    page = house[0](MembershipFactory(role=plan.role, recruiter=True).user)
    page.goto(f"/plans/{plan.pk}/")
    settle(page)
    place = page.locator(f"#section-{section.pk} [data-list=item]")
    for title in TITLES[:2]:
        found = page.locator("#question-search article", has_text=title)
        drag(page, found.locator(".grip"), place)
        told(page, f"added “{title}”")
    assert titles(section) == [TITLES[1], TITLES[0]]
    rows = place.locator("article")
    drag(page, rows.nth(1).locator(".grip"), rows.nth(0))
    told(page, f"moved “{TITLES[0]}”")
    assert titles(section) == list(TITLES[:2])
    other = page.locator("#question-search article", has_text=TITLES[2])
    page.get_by_label("Competency").select_option("")
    page.get_by_role("button", name="Search").click()
    settle(page)
    drag(page, other.locator(".grip"), place)
    assert titles(section) == list(TITLES[:2])  # it measures something else
    heads = page.locator(".part .part-head")
    drag(page, heads.nth(1).locator(".grip"), heads.nth(0))
    told(page, "moved the section")
    assert [each.pk for each in stage.sections.all()][-1] == section.pk
    idle = house[0](MembershipFactory(role=plan.role, hiring_manager=True).user)
    idle.goto(f"/plans/{plan.pk}/")
    settle(idle)
    page.get_by_role("button", name="Undo").click()
    told(page, "undid a change")
    idle.evaluate("dispatchEvent(new Event('focus'))")
    idle.get_by_role("link", name="Show the plan as it is now").click()
    told(idle, "undid a change")
    expect(idle.locator(".part h3").first).to_have_text(bank[0].name)
    assert stage.sections.first() == section
    page.get_by_role("link", name="Put in force").click()
    page.get_by_role("button", name="Put plan 1 in force").click()
    expect(page.get_by_text("In force").first).to_be_visible()
    link = page.get_by_role("link", name="Print the kit").get_attribute("href")
    assert page.context.request.get(link).ok
    assert urlsplit(page.url).path == f"/plans/{plan.pk}/"


def titles(section):
    return list(section.items.order_by("position").values_list("version__title", flat=True))
