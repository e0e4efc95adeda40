"""The scoring screen and the review in a real browser: every action close at hand, and nothing that moves by itself."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from foundation import clock
from interviews.models import Score
from tests.browser.test_scoring import line, note, open_score, saved, stored
from tests.factories import ScorecardFactory
from tests.interviews.saving import scored, warm_up

# The phone's width and one key in the short run, the others in the long one.
WIDTHS = [360, *(pytest.param(width, marks=pytest.mark.long) for width in (820, 1440))]
ANSWERS = [
    ("x", "not_asked"),
    *(pytest.param(*each, marks=pytest.mark.long) for each in (("e", "no_evidence"), ("d", "declined"))),
]


@pytest.fixture
def card(house):
    return ScorecardFactory()


@pytest.fixture
def score(card):
    return scored(card)


def place(page):
    return page.locator("#place")


def open_review(house, card, **options):
    page = house[0](card.interviewer, **options)
    page.goto(f"/interviews/{card.interview_id}/review/")
    return page


def row(page, score):
    return page.locator(f"#question-{score.item_id}")


def test_alt_and_a_digit_score_from_inside_a_note_and_type_nothing(house, card, score):
    page = open_score(house, card, score)
    note(page).focus()
    page.keyboard.type("4 reasons")
    page.keyboard.press("Alt+4")
    saved(page)
    expect(note(page)).to_have_value("4 reasons")
    expect(note(page)).to_be_focused()
    assert (stored(score).level, score.evidence) == (4, "4 reasons")


def test_one_key_says_that_a_hint_was_given_and_takes_it_back(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("h")
    saved(page)
    assert stored(score).hint
    with page.expect_response("**/score/*/"):
        page.keyboard.press("h")
    saved(page)
    assert not stored(score).hint


@pytest.mark.parametrize(("key", "outcome"), ANSWERS)
def test_an_answer_without_a_level_is_one_key(house, card, score, key, outcome):
    page = open_score(house, card, score)
    page.keyboard.press(key)
    saved(page)
    assert stored(score).outcome == outcome


def test_a_reason_alone_says_that_it_was_not_asked(house, card, score):
    page = open_score(house, card, score)
    now = page.locator(".score-item.now")
    now.get_by_role("button", name="Already covered").click()
    saved(page)
    assert (stored(score).outcome, score.reason) == ("not_asked", "Already covered")
    now.get_by_role("radio", name="Declined").check()
    now.get_by_role("button", name="Not suitable").click()
    saved(page)
    assert (stored(score).outcome, score.reason) == ("declined", "Not suitable")


def test_the_page_moves_on_after_a_level_only_where_that_is_chosen(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    expect(place(page)).to_have_text("Question 2 of 3")
    page.keyboard.press("?")
    page.locator("#move-on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect(place(page)).to_have_text("Question 3 of 3")
    page.keyboard.press("x")
    page.wait_for_timeout(600)
    expect(place(page)).to_have_text("Question 3 of 3")
    page.reload()
    page.keyboard.press("p")
    page.locator(".score-item.now .anchors label").nth(3).click()
    expect(place(page)).to_have_text("Question 3 of 3")
    saved(page)
    assert stored(score).level == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_overview_is_one_key_away_and_leads_to_every_question(house, card, score, width):
    page = open_score(house, card, score, viewport={"width": width, "height": 900})
    page.keyboard.press("4")
    page.keyboard.press("o")
    nav = page.locator(".score-nav")
    for each in card.scores.select_related("item__version"):
        expect(nav.get_by_text(each.item.version.title)).to_be_visible()
    expect(nav.locator("[aria-current]")).to_be_focused()
    expect(nav.locator("[aria-current] .got")).to_have_text("4")
    expect(page.locator(".score-item.now h1")).not_to_be_visible()
    house[1].check(page)
    page.keyboard.press("Escape")
    expect(page.locator(".score-item.now h1")).to_be_focused()
    place(page).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(place(page)).to_have_text("Question 3 of 3")
    expect(page.locator(".score-item.now h1")).to_be_visible()
    saved(page)


def test_time_is_up_marks_what_is_open_in_one_press_and_takes_it_back(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    page.get_by_role("button", name="Time is up").click()
    expect(line(page)).to_have_text("Saving…")
    saved(page)
    other = card.scores.filter(item__scored=True).exclude(pk=score.pk).get()
    assert (other.outcome, other.reason) == ("not_asked", "No time")
    assert stored(score).level == 4
    assert warm_up(card).outcome == "pending"
    page.get_by_role("button", name="Take that back").click()
    expect(line(page)).to_have_text("Saving…")
    saved(page)
    assert stored(other).outcome == "pending"
    assert stored(score).level == 4


def test_a_follow_up_is_noted_beside_the_probes_and_never_scored(house, card, score):
    page = open_score(house, card, score)
    field = page.locator(".score-item.now [name=followups]")
    field.fill("Asked what happens at ten times the load.")
    page.keyboard.press("Escape")
    saved(page)
    assert stored(score).followups == "Asked what happens at ten times the load."
    assert (score.outcome, score.level, score.evidence) == ("pending", None, "")


def test_the_candidates_own_questions_have_their_place_and_the_window_goes_blank_for_them(house, card, score):
    page = open_score(house, card, score)
    with page.context.expect_page() as opened:
        page.locator("#show").click()
    shown = opened.value
    expect(shown.locator("main")).to_contain_text("1")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(place(page)).to_have_text("The candidate’s questions")
    expect(page.locator(".score-item.now")).to_contain_text("Thank you.")
    expect(shown.locator("main")).to_have_text("Nothing to read at the moment. Please listen to the question.")
    page.keyboard.press("4")
    page.locator("#candidate-questions").fill("Who reviews the models?")
    saved(page)
    card.refresh_from_db()
    assert card.candidate_questions == "Who reviews the models?"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_on_the_page_whatever_is_chosen_or_saved(house, card, score, width):
    page = open_score(house, card, score, viewport={"width": width, "height": 900})
    where = """() => [...document.querySelectorAll(".score-item.now :is(h1, textarea, .anchors, .choices, .fold)")]
        .map((node) => { const box = node.getBoundingClientRect(); return [node.className, box.top + scrollY, box.left, box.height].join(" "); })
        .concat([...document.querySelectorAll(".score-bar, .score-foot")].map((node) => node.getBoundingClientRect().height))"""
    before = page.evaluate(where)
    for key in ("1", "x", "d", "e", "5", "h"):
        page.keyboard.press(key)
        assert page.evaluate(where) == before, key
    page.locator(".score-item.now").get_by_role("button", name="No time").click()
    saved(page)
    page.locator(".score-item.now").get_by_role("radio", name="Clear").check()
    saved(page)
    assert page.evaluate(where) == before


def test_a_one_or_a_five_says_in_place_that_it_needs_evidence(house, card, score):
    page = open_score(house, card, score)
    wants = page.locator(".score-item.now .wants-evidence")
    expect(wants).not_to_be_visible()
    page.keyboard.press("5")
    expect(wants).to_be_visible()
    note(page).fill("Priced both errors.")
    expect(wants).not_to_be_visible()
    saved(page)


def test_the_clock_counts_each_question_and_extra_time_makes_both_longer_without_a_word(house):
    start = clock.now() - timedelta(minutes=12)
    card = ScorecardFactory(interview__starts_at=start, interview__extra_minutes=15)
    page = house[0](card.interviewer)
    page.clock.install()
    page.goto(f"/interviews/{card.interview_id}/score/#question-{scored(card).item_id}")
    expect(page.locator("#clock")).to_have_text(re.compile(r"^12:\d\d of 60 min$"))
    now = page.locator(".score-item.now .meta")
    expect(now).to_contain_text("0:00 of 11 min")
    page.clock.run_for(60_000)
    expect(now).to_contain_text(re.compile("(0:5|1:0)[0-9] of 11 min"))
    page.keyboard.press("n")
    expect(page.locator(".score-item.now .meta")).to_contain_text("0:00 of 11 min")
    page.clock.run_for(20_000)
    page.keyboard.press("p")
    expect(now).to_contain_text(re.compile("(0:5|1:0)[0-9] of 11 min"))
    assert "extra" not in page.content().lower()


def test_on_a_phone_a_level_a_reason_and_a_short_note_are_taps(house, card, score):
    page = open_score(house, card, score, viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    now = page.locator(".score-item.now")
    now.locator(".anchors label").nth(1).tap()
    note(page).tap()
    page.keyboard.type("Short.")
    saved(page)
    assert (stored(score).level, score.evidence) == (4, "Short.")
    page.locator("#next").tap()
    now.get_by_role("button", name="No time").tap()
    saved(page)
    house[1].check(page)
    assert Score.objects.filter(scorecard=card, reason="No time").exists()


# ---- The review ----


def test_the_review_shows_gaps_first_and_everything_is_changed_in_place(house, card, score):
    Score.objects.filter(scorecard=card, item__scored=True).exclude(pk=score.pk).update(
        outcome="scored", level=3, evidence="Compared two.", version=1
    )
    page = open_review(house, card)
    other = card.scores.filter(item__scored=True).exclude(pk=score.pk).get()
    assert row(page, score).bounding_box()["y"] < row(page, other).bounding_box()["y"]
    expect(row(page, score)).to_contain_text("Not scored yet")
    expect(page.locator("#open-count")).to_have_text("1")
    house[1].check(page)
    row(page, score).locator(".anchors label").first.click()
    expect(row(page, score).locator(".gap-evidence")).to_be_visible()
    expect(page.locator("#open-count")).to_have_text("1")
    row(page, score).locator("[name=evidence]").fill("Asked who bears the cost.")
    expect(page.locator("#open-count")).to_have_text("0")
    expect(row(page, score).locator(".got")).to_have_text("5")
    row(page, other).locator("[name=evidence]").fill("Compared two, weighed both.")
    row(page, other).locator("summary").click()
    row(page, other).locator(".anchors label").nth(1).click()
    expect(row(page, other).locator(".chosen-words")).to_have_text("Says what level 4 says.")
    saved(page)
    assert (stored(score).level, score.evidence) == (5, "Asked who bears the cost.")
    assert (stored(other).level, other.evidence) == (4, "Compared two, weighed both.")


def test_the_words_of_the_review_are_there_again_after_a_reload(house, card):
    page = open_review(house, card)
    page.locator(".recommendation label").filter(has_text=re.compile("^Not enough evidence$")).click()
    page.locator("[name=recommendation_reason]").fill("Nothing on monitoring.")
    page.locator("[name=summary]").fill("Careful.")
    page.locator("[name=private_note]").fill("Ask again.")
    page.locator("#candidate-questions").fill("Who is on call?")
    saved(page)
    page.reload()
    expect(page.locator("[name=recommendation][value=not_enough]")).to_be_checked()
    for name, words in {"recommendation_reason": "Nothing on monitoring.", "summary": "Careful.", "private_note": "Ask again."}.items():  # fmt: skip
        expect(page.locator(f"[name={name}]")).to_have_value(words)
    expect(page.locator("#candidate-questions")).to_have_value("Who is on call?")
    card.refresh_from_db()
    assert (card.status, card.recommendation, card.version > 0) == ("open", "not_enough", True)


def test_what_was_changed_in_the_review_does_not_stand_in_the_way_of_submitting_it(house, card):
    page = open_review(house, card)
    page.get_by_role("button", name="Time is up").click()
    page.locator(".recommendation label").filter(has_text=re.compile("^No$")).click()
    page.locator("[name=summary]").fill("Nothing was asked.")
    page.get_by_role("button", name="Submit scorecard").click()
    page.wait_for_url("**/scorecards/*/")
    card.refresh_from_db()
    assert (card.status, card.recommendation, card.summary) == ("submitted", "no", "Nothing was asked.")


def test_what_another_window_changed_meanwhile_stands_in_the_way(house, card, score):
    card.scores.filter(item__scored=True).update(outcome="scored", level=4, evidence="Said why.", version=1)
    page = open_review(house, card)
    there = open_score(house, card, score)
    note(there).fill("Said something else.")
    saved(there)
    house[1].expected.add("422")
    row(page, score).locator("[name=followups]").evaluate("node => node.closest('details').open = true")
    row(page, score).locator("[name=followups]").fill("And then?")
    saved(page)
    page.locator(".recommendation label").filter(has_text=re.compile("^Yes$")).click()
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.locator("[role=alert]")).to_contain_text("Something changed")
    expect(row(page, score).locator("[name=evidence]")).to_have_value("Said something else.")
    card.refresh_from_db()
    assert card.status == "open"


def test_without_javascript_the_review_is_plain_forms_that_save(house, card, score):
    page = open_review(house, card, java_script_enabled=False)
    row(page, score).locator("[name=evidence]").fill("By hand.")
    row(page, score).locator("label", has=page.locator("[value='4']")).click()
    row(page, score).get_by_role("button", name="Save this question").click()
    assert page.url.endswith(f"/review/#question-{score.item_id}")
    assert (stored(score).level, score.evidence) == (4, "By hand.")
    page.locator("#candidate-questions").fill("Who is on call?")
    page.locator("#question-last").get_by_role("button", name="Save").click()
    expect(page.locator("#candidate-questions")).to_have_value("Who is on call?")
    page.get_by_role("button", name="Time is up").click()
    expect(page.locator(".messages")).to_contain_text("Marked as not asked")
    assert not card.scores.filter(item__scored=True, outcome="pending").exists()
