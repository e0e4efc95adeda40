"""The editor in a browser: lines of their own, findings and the rubric beside them, saved as one types, nothing moves."""

import re

from playwright.sync_api import expect

from foundation.richtext import lines_of
from questions.models import QuestionVersion
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory

PROMPT = "Tell me about a time when a model you shipped lost accuracy in production."


def height_on_page(part):
    """Wherever the window has been scrolled to meanwhile."""
    return part.evaluate("part => part.getBoundingClientRect().top + scrollY")


def test_a_rubric_is_written_line_by_line_with_what_comes_of_it_beside_the_form(house):
    open_page, findings = house
    findings.expected.add("422")
    VersionFactory(prompt=PROMPT, title="Lost accuracy")
    draft = DraftFactory(title="A drop", prompt="What would you do first?")
    page = open_page(UserFactory(recruiter=True))
    page.goto(f"/questions/{draft.question.slug}/edit/")
    beside, lines = (
        page.get_by_role("region", name="Findings and preview"),
        page.get_by_role("group", name="What to look for"),
    )
    top = height_on_page(lines)
    page.get_by_label("Prompt").fill(PROMPT + " Are you married?")
    expect(beside.get_by_text("has no place in an interview")).to_be_visible()
    expect(beside.get_by_role("link", name="Lost accuracy", exact=True)).to_be_visible()
    expect(beside.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    assert height_on_page(lines) == top
    expect(page.get_by_label("Prompt")).to_be_focused()
    # A line is added, moved by key and by button, and one is taken out; the field that is sent follows.
    lines.get_by_label("Line 3").press("End")
    lines.get_by_label("Line 3").press("Enter")
    expect(lines.get_by_label("Line 4")).to_be_focused()
    page.keyboard.type("Says what it cost")
    page.keyboard.press("Alt+ArrowUp")
    lines.get_by_role("button", name="Move up").nth(2).click()
    lines.get_by_role("button", name="Remove").first.click()
    page.get_by_label("Anchor for level 5").press("Alt+ArrowDown")
    expect(page.get_by_label("Anchor for level 4")).to_have_value("Says what level 5 says.")
    page.get_by_label("Prompt").fill(PROMPT)
    findings.check(page)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    draft.refresh_from_db()
    assert lines_of(draft.look_for) == ["Says what it cost", "Asks who bears it", "Checks the base rate"]
    assert draft.anchors.get(level=4).behaviour == "Says what level 5 says."
    assert not findings.found


def test_probes_and_anchors_are_added_moved_and_taken_out_by_buttons_without_loading_the_page(house):
    open_page, findings = house
    draft = DraftFactory(title="A drop")
    page = open_page(UserFactory(recruiter=True))
    page.goto(f"/questions/{draft.question.slug}/edit/")
    page.evaluate("window.isTheSame = true")
    probes = page.get_by_role("group", name="Probes")
    probes.get_by_role("button", name="Add a line").click()
    expect(probes.get_by_label("Line 3")).to_be_focused()
    page.keyboard.type("What would change your mind?")
    probes.get_by_role("button", name="Move up").nth(2).click()
    expect(probes.get_by_role("button", name="Move up").nth(1)).to_be_focused()
    probes.get_by_role("button", name="Move down").first.click()
    probes.get_by_role("button", name="Remove").nth(2).click()
    expect(probes.get_by_label("Line 2")).to_be_focused()
    tools = page.locator("#div_id_anchor_3")
    tools.get_by_role("button", name="Move up").click()
    expect(page.get_by_label("Anchor for level 4")).to_be_focused()
    expect(page.get_by_label("Anchor for level 4")).to_have_value("Says what level 3 says.")
    tools.get_by_role("button", name="Move down").click()
    expect(page.get_by_label("Anchor for level 2")).to_have_value("Says what level 4 says.")
    saved = page.get_by_role("region", name="Findings and preview").get_by_text(re.compile(r"Saved \d\d:\d\d"))
    expect(saved).to_be_visible()
    assert page.evaluate("window.isTheSame")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    draft.refresh_from_db()
    assert [probe.text for probe in draft.probes.all()] == ["What would change your mind?", "Probe 1: tell me more?"]
    assert [anchor.behaviour[-7] for anchor in draft.anchors.order_by("level")] == ["1", "4", "2", "3", "5"]
    assert not findings.found


def test_a_new_question_is_kept_as_soon_as_it_can_be_and_found_again_after_a_reload(house):
    open_page, findings = house
    CompetencyFactory(name="Judging models", slug="judging")
    page = open_page(UserFactory(recruiter=True))
    page.goto("/questions/new/")
    beside = page.get_by_role("region", name="Findings and preview")
    for name, value in (("Competency", "Judging models"), ("Type", "scenario"), ("Level", "advanced")):
        page.get_by_label(name, exact=False).first.select_option(value)
    page.get_by_label("Short title").fill("A drop")
    expect(beside.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_label("Prompt").fill(PROMPT)
    expect(beside.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    expect(page).to_have_url(re.compile("/questions/a-drop/edit/$"))
    expect(page.get_by_label("Prompt")).to_be_focused()
    page.get_by_label("Prompt").fill(f"{PROMPT} Go on.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Prompt").press("End")
        page.get_by_label("Prompt").type(" Yes.")
    page.reload()
    expect(page.get_by_label("Prompt")).to_have_value(f"{PROMPT} Go on. Yes.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert QuestionVersion.objects.count() == 1
    assert not findings.found
