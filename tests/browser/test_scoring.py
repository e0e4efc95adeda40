"""Scoring in a real browser: keys, weather, two windows, and a state line that never lies."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from interviews.models import Score, ScoreEdit
from tests.browser.schedules import until_openable
from tests.factories import ScorecardFactory
from tests.interviews.saving import scored, warm_up

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")


@pytest.fixture
def card(house):
    return ScorecardFactory()


@pytest.fixture
def score(card):
    return scored(card)


def open_score(house, card, score=None, **options):
    page = house[0](card.interviewer, **options)
    page.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id if score else ''}")
    if options.get("java_script_enabled", True):
        until_openable(page)
    return page


def line(page):
    return page.locator("#saving-text")


def note(page):
    return page.locator(".score-item.now [name=evidence]")


def saved(page):
    expect(line(page)).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=20_000)


def stored(score):
    score.refresh_from_db()
    return score


def watch_the_line(page):
    """Keep every text of the state line together with how many edits the server had acknowledged by then."""
    page.evaluate(
        """() => {
          window.told = [];
          new MutationObserver(() => window.told.push(document.getElementById("saving-text").textContent))
            .observe(document.getElementById("saving-text"), { childList: true, characterData: true, subtree: true });
        }"""
    )
    return lambda: page.evaluate("window.told")


def test_a_whole_card_is_filled_in_and_submitted_by_keyboard_alone(house, card):
    findings = house[1]
    page = open_score(house, card)
    findings.check(page)
    page.keyboard.press("n")
    page.keyboard.press("5")
    page.keyboard.press("4")
    saved(page)
    page.keyboard.press("n")
    note(page).focus()
    page.keyboard.type("Heard 3 reasons, numbered 1 to 3.")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    saved(page)
    page.keyboard.press("p")
    expect(page.locator("#place")).to_have_text("Question 2 of 3")
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_have_text("Question 3 of 3")
    page.keyboard.press("n")
    expect(page.locator("#place")).to_have_text("The candidate’s questions")
    page.locator("#candidate-questions").focus()
    page.keyboard.type("Asked about on-call.")
    page.keyboard.press("Escape")
    saved(page)
    page.locator("#review").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    findings.check(page)
    page.locator("[name=recommendation]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.locator("[name=summary]").focus()
    page.keyboard.type("Careful.")
    page.locator("form.form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/scorecards/*/")
    card.refresh_from_db()
    assert (card.status, card.recommendation, card.summary) == ("submitted", "yes", "Careful.")
    assert card.candidate_questions == "Asked about on-call."
    in_order = card.scores.order_by("item__section__position", "item__position")
    assert list(in_order.values_list("level", "evidence", "hint")) == [
        (None, "", False),
        (4, "", True),
        (3, "Heard 3 reasons, numbered 1 to 3.", False),
    ]


def test_single_keys_can_be_turned_off_and_never_act_with_a_modifier(house, card, score):
    page = open_score(house, card, score)
    for modifier in ("Control", "Meta", "Alt+Shift"):
        page.keyboard.press(f"{modifier}+4")
    page.keyboard.press("?")
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("4")
    page.keyboard.press("n")
    expect(page.locator("#place")).to_have_text("Question 2 of 3")
    assert stored(score).version == 0


def test_what_is_typed_offline_arrives_later_and_the_line_never_says_saved_before(house, card, score):
    house[1].expected.update(OFFLINE)
    page = open_score(house, card, score)
    told = watch_the_line(page)
    page.context.set_offline(True)
    page.keyboard.press("2")
    note(page).fill("Typed in a tunnel.")
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    expect(line(page)).to_have_text("Offline: 1 answer kept on this device", timeout=10_000)
    house[1].check(page)
    page.keyboard.press("n")
    note(page).fill("And the next one too.")
    expect(line(page)).to_have_text("Offline: 2 answers kept on this device")
    assert not [text for text in told() if text.startswith("Saved")]
    assert ScoreEdit.objects.count() == 0
    page.context.set_offline(False)
    saved(page)
    assert (stored(score).level, score.evidence) == (4, "Typed in a tunnel.")
    assert Score.objects.filter(scorecard=card, evidence="And the next one too.").exists()
    assert told()[-1].startswith("Saved")


def test_leaving_with_something_unsent_asks_first(house, card, score):
    house[1].expected.update(OFFLINE)
    page = open_score(house, card, score)
    page.context.set_offline(True)
    note(page).fill("Not yet there.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.href = '/interviews/'")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    saved(page)


def test_the_review_waits_for_what_is_on_its_way(house, card, score):
    page = open_score(house, card, score)
    note(page).fill("The very last words.")
    page.locator("#review").click()
    page.wait_for_url("**/review/")
    expect(page.locator("main")).to_contain_text("The very last words.")


@pytest.mark.long
def test_a_reply_lost_after_the_save_leads_to_one_save(house, card, score):
    house[1].expected.add("ERR_FAILED")
    page = open_score(house, card, score)
    lost = []

    def lose_once(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route(f"**/score/{score.item_id}/", lose_once)
    page.keyboard.press("4")
    saved(page)
    assert lost == [200]
    assert (stored(score).version, ScoreEdit.objects.count()) == (1, 1)


@pytest.mark.long
def test_two_seconds_of_server_errors_lose_nothing(house, card, score):
    house[1].expected.add("500")
    page = open_score(house, card, score)
    failed = []
    page.route(
        f"**/score/{score.item_id}/",
        lambda route: (failed.append(1), route.fulfill(status=500)) if len(failed) < 2 else route.continue_(),
    )
    page.keyboard.press("4")
    expect(line(page)).to_have_text("Server trouble: 1 answer kept on this device")
    saved(page)
    assert stored(score).level == 4


@pytest.mark.long
def test_a_slow_reply_never_overwrites_newer_words(house, card, score):
    page = open_score(house, card, score)
    held = []
    page.route(f"**/score/{score.item_id}/", lambda route: held.append(route) if not held else route.continue_())
    note(page).fill("First.")
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    note(page).fill("First. Second.")
    expect(line(page)).to_have_text("Saving…")
    held[0].continue_()
    saved(page)
    expect(note(page)).to_have_value("First. Second.")
    assert stored(score).evidence == "First. Second."


def test_signed_out_in_the_middle_loses_nothing(house, card, score):
    house[1].expected.add("401")
    page = open_score(house, card, score)
    Session.objects.all().delete()
    page.keyboard.press("4")
    expect(page.locator("#sign-in")).to_be_visible()
    expect(line(page)).to_have_text("Sign in again to send 1 answer")
    house[1].check(page)
    # Signing in again happens in another tab of the same browser: here, another page whose cookie is handed over.
    again = house[0](card.interviewer)
    page.context.add_cookies(again.context.cookies())
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    expect(page.locator("#sign-in")).to_be_hidden()
    assert stored(score).level == 4


@pytest.mark.parametrize("choice", ["Keep mine", pytest.param("Take theirs", marks=pytest.mark.long)])
def test_two_windows_on_one_note_see_both_and_choose(house, card, score, choice):
    house[1].expected.add("409")
    here, there = open_score(house, card, score), open_score(house, card, score)
    note(there).fill("Words of the other window.")
    saved(there)
    note(here).fill("Words of mine.")
    expect(line(here)).to_have_text("Conflict: choose at question 2")
    notice = here.locator(".score-item.now .troubles")
    expect(notice).to_contain_text("Words of mine.")
    expect(notice).to_contain_text("Words of the other window.")
    house[1].check(here)
    expect(note(here)).to_have_value("Words of mine.")
    assert stored(score).evidence == "Words of the other window."
    notice.get_by_role("button", name=choice).click()
    expect(notice).to_be_empty()
    kept = "Words of mine." if choice == "Keep mine" else "Words of the other window."
    expect(note(here)).to_have_value(kept)
    if choice == "Keep mine":
        saved(here)
    assert stored(score).evidence == kept


def test_a_change_of_another_part_elsewhere_is_not_overwritten_unseen(house, card, score):
    house[1].expected.add("409")
    here, there = open_score(house, card, score), open_score(house, card, score)
    note(there).fill("Only there.")
    saved(there)
    here.keyboard.press("4")
    saved(here)
    note(here).fill("Only here.")
    expect(line(here)).to_have_text("Conflict: choose at question 2")
    assert (stored(score).level, score.evidence) == (4, "Only there.")


def test_too_long_a_note_is_said_and_kept(house, card, score):
    house[1].expected.add("422")
    page = open_score(house, card, score)
    note(page).fill("w" * 8001)
    expect(line(page)).to_have_text("Not saved: see question 2")
    expect(page.locator(".score-item.now .troubles")).to_contain_text("at most 8000")
    expect(note(page)).to_have_value("w" * 8001)
    note(page).fill("Shorter.")
    saved(page)
    assert stored(score).evidence == "Shorter."


def test_a_card_waived_meanwhile_says_so_and_keeps_the_text(house, card, score):
    from interviews.actions.scheduling import waive_card

    house[1].expected.add("403")
    page = open_score(house, card, score)
    waive_card(card=card, reason="Ill", by=card.interviewer)
    note(page).fill("Too late.")
    expect(page.locator(".score-item.now .troubles")).to_contain_text("waived")
    expect(note(page)).to_have_value("Too late.")
    expect(line(page)).to_have_text("Not saved: see question 2")


def test_a_reason_is_one_click_and_a_score_can_be_taken_back(house, card, score):
    page = open_score(house, card, score)
    now = page.locator(".score-item.now")
    now.get_by_role("radio", name="Not asked").check()
    now.get_by_role("button", name="No time").click()
    saved(page)
    assert (stored(score).outcome, score.reason) == ("not_asked", "No time")
    now.get_by_role("button", name="Already covered").click()
    saved(page)
    expect(page.locator(".score-nav [aria-current] .got")).to_have_text("✓")
    now.get_by_role("radio", name="Clear").check()
    expect(page.locator(".score-nav [aria-current] .got")).to_have_text("–")
    saved(page)
    assert stored(score).outcome == "pending"


def test_the_candidates_window_follows_the_question(house, card, score):
    page = open_score(house, card)
    with page.context.expect_page() as opened:
        page.locator("#show").click()
    shown = opened.value
    shown.wait_for_load_state()
    expect(shown.locator("main")).to_contain_text("1")
    expect(shown.locator("h1")).to_have_count(0)
    page.locator("#show-prompt").check()
    expect(shown.locator("h1")).to_have_text(warm_up(card).item.version.prompt)
    page.locator("#next").click()
    expect(shown.locator("h1")).to_have_text(score.item.version.prompt)
    house[1].check(shown)
    # A window opened late, or loaded anew without a question, asks which one it is.
    shown.goto(f"/interviews/{card.interview_id}/show/")
    expect(shown.locator("h1")).to_have_text(score.item.version.prompt)


def test_without_javascript_every_question_is_saved_by_its_button(house, card, score):
    page = open_score(house, card, java_script_enabled=False)
    form = page.locator(f"#question-{score.item_id}")
    form.locator("[name=evidence]").fill("Saved by hand.")
    form.locator("label", has=page.locator("[value='4']")).click()
    form.get_by_role("button", name="Save this question").click()
    expect(page.locator(".messages")).to_contain_text("Saved")
    assert page.url.endswith(f"#question-{score.item_id}")
    assert (stored(score).level, score.evidence) == (4, "Saved by hand.")
    expect(form.locator("[name=answer][value='4']")).to_be_checked()


@pytest.mark.parametrize("width", [360, *(pytest.param(width, marks=pytest.mark.long) for width in (820, 1440))])
def test_nothing_hangs_over_the_edge(house, card, score, width):
    page = open_score(house, card, score, viewport={"width": width, "height": 800})
    for path in ("score", "review", f"show/?item={score.item_id}&prompt=1"):
        page.goto(f"/interviews/{card.interview_id}/{path.rstrip('/')}" + ("" if "?" in path else "/"))
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        house[1].check(page)
