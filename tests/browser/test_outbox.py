"""What waits on the device: it outlives its window, is sent by its author alone, and goes when it should."""

import json
import os
import signal
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from interviews.actions.scheduling import waive_card
from interviews.models import Score, ScoreEdit
from tests.browser.schedules import until_openable
from tests.browser.test_scoring import OFFLINE, line, note, open_score, saved, stored
from tests.factories import ScorecardFactory
from tests.interviews.saving import Tab, scored

EIGHT_DAYS = 8 * 24 * 3600
LEFT = """async () => {
  const database = await new Promise((done) => { const open = indexedDB.open("kit", 1); open.onsuccess = () => done(open.result); });
  const rows = (name) => new Promise((done) => { const all = database.transaction(name).objectStore(name).getAll(); all.onsuccess = () => done(all.result); });
  const found = { edits: await rows("edits"), answers: await rows("answers"), pages: [] };
  database.close();
  for (const name of await caches.keys()) for (const page of await (await caches.open(name)).keys()) found.pages.push(new URL(page.url).pathname);
  return found;
}"""


@pytest.fixture
def card(house):
    house[1].expected.update(OFFLINE)
    return ScorecardFactory()


@pytest.fixture
def score(card):
    return scored(card)


def left(page):
    """What lies on the device: rows of edits and answers, and paths of kept pages."""
    return page.evaluate(LEFT)


def go_offline(page):
    until_openable(page)
    page.context.set_offline(True)


def waits(page, count=1):
    words = "1 answer" if count == 1 else f"{count} answers"
    expect(line(page)).to_have_text(f"Offline: {words} kept on this device")


def test_the_page_opens_offline_with_every_answer_and_sends_them_later(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    go_offline(page)
    note(page).fill("Typed in a tunnel.")
    waits(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    waits(page)
    expect(note(page)).to_have_value("Typed in a tunnel.")
    expect(page.locator(".score-item.now [name=answer][value='4']")).to_be_checked()
    page.keyboard.press("n")
    page.keyboard.press("2")
    waits(page, 2)
    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(f"/interviews/{card.interview_id}/score/")
    saved(later)
    assert (stored(score).level, score.evidence) == (4, "Typed in a tunnel.")
    assert Score.objects.filter(scorecard=card, level=2).count() == 1
    assert left(later)["edits"] == []


def test_a_browser_killed_offline_has_everything_when_it_is_started_again(
    house, card, score, browser_type, browser_type_launch_args, live_server, tmp_path
):
    def start():
        return browser_type.launch_persistent_context(
            str(tmp_path), base_url=live_server.url, **browser_type_launch_args
        )

    def kill():
        flag = f"--user-data-dir={tmp_path}"
        for cmdline in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = cmdline.read_text().replace("\0", " ")
            except OSError:
                continue
            if flag in words and "--type=" not in words and "chrom" in words.split()[0]:
                os.kill(int(cmdline.parent.name), signal.SIGKILL)

    mine = house[0](card.interviewer).context.cookies()
    context = start()
    context.add_cookies(mine)
    page = context.new_page()
    page.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id}")
    go_offline(page)
    note(page).fill("Typed before the battery died.")
    waits(page)
    kill()
    with pytest.raises(Error):
        page.wait_for_timeout(10_000)
    context = start()
    context.add_cookies(mine)  # the browser has forgotten them: its person signs in again
    page = context.new_page()
    page.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id}")
    saved(page)
    expect(note(page)).to_have_value("Typed before the battery died.")
    assert stored(score).evidence == "Typed before the battery died."
    context.close()


def test_no_other_interview_stays_on_the_device(house, card, score):
    other = ScorecardFactory(interviewer=card.interviewer)
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    until_openable(page)
    page.goto(f"/interviews/{other.interview_id}/score/")
    until_openable(page)
    for _try in range(50):
        if left(page)["answers"]:
            page.wait_for_timeout(100)
    found = left(page)
    assert found["answers"] == []
    assert [path for path in found["pages"] if path.startswith("/interviews/")] == [
        f"/interviews/{other.interview_id}/score/"
    ]
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(f"/interviews/{card.interview_id}/score/")


def test_online_the_page_is_always_the_servers(house, card, score, signed_in):
    house[1].expected.add("409")
    page = open_score(house, card, score)
    until_openable(page)
    Tab(signed_in(card.interviewer), card).save(score, evidence="Said on another device.")
    page.reload()
    expect(note(page)).to_have_value("Said on another device.")
    waive_card(card=card, reason="Ill", by=card.interviewer)
    page.reload()
    expect(page.locator("main")).to_contain_text("waived")
    assert [path for path in left(page)["pages"] if path.startswith("/interviews/")] == []


def test_signing_in_again_happens_in_place(house, card, score):
    house[1].expected.add("401")
    card.interviewer.set_password("a sentence of one's own")
    card.interviewer.save()
    page = open_score(house, card, score)
    until_openable(page)
    Session.objects.all().delete()
    note(page).fill("While signed out.")
    expect(line(page)).to_have_text("Sign in again to send 1 answer")
    page.locator("#sign-in").click()
    dialog = page.locator("#sign-in-again")
    dialog.get_by_label("Email").fill(card.interviewer.email)
    dialog.get_by_label("Password").fill("not it")
    house[1].check(page)
    house[1].expected.add("422")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_contain_text("do not go together")
    dialog.get_by_label("Password").fill("a sentence of one's own")
    dialog.get_by_role("button", name="Sign in").click()
    saved(page)
    expect(dialog).to_be_hidden()
    expect(note(page)).to_have_value("While signed out.")
    assert stored(score).evidence == "While signed out."


def test_a_late_answer_from_before_signing_in_again_does_not_sign_out(house, card, score):
    """A try that was under way meanwhile is told 401 only after its author has signed in again."""
    house[1].expected.add("401")
    page = open_score(house, card, score)
    again = house[0](card.interviewer).context.cookies()
    Session.objects.exclude(session_key__in=[cookie["value"] for cookie in again]).delete()
    late = []

    def under_way(route):
        if late:
            return route.continue_()
        late.append(route.fetch())
        page.context.add_cookies(again)
        return route.fulfill(response=late[0])

    page.route("**/score/*/", under_way)
    note(page).fill("Said before.")
    saved(page)
    assert [answer.status for answer in late] == [401]
    assert stored(score).evidence == "Said before."


def test_what_one_person_wrote_is_never_sent_as_anothers(house, card, score):
    """Two interviewers of one panel on one computer."""
    house[1].expected.add("401")
    peer = ScorecardFactory(interview=card.interview)
    page = open_score(house, card, score)
    until_openable(page)
    page.context.add_cookies(house[0](peer.interviewer).context.cookies())
    note(page).fill("Mine alone.")
    expect(line(page)).to_have_text("Sign in again to send 1 answer")
    page.locator("#sign-in").click()
    expect(page.locator("#sign-in-again")).to_contain_text("Somebody else is signed in")
    assert ScoreEdit.objects.count() == 0
    theirs = page.context.new_page()
    theirs.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id}")
    expect(line(theirs)).to_have_text("Saves as you go")
    expect(note(theirs)).to_have_value("")
    page.context.add_cookies(house[0](card.interviewer).context.cookies())
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert stored(score).evidence == "Mine alone."
    assert not Score.objects.filter(scorecard=peer).exclude(evidence="").exists()


def test_signing_out_waits_for_what_is_unsent_and_then_takes_everything_along(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    until_openable(page)
    house[1].expected.add("500")
    page.route("**/score/*/", lambda route: route.fulfill(status=500))
    note(page).fill("Not yet there.")
    expect(line(page)).to_have_text("Server trouble: 1 answer kept on this device")
    desk = page.context.new_page()
    page.close()
    desk.goto("/interviews/")
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.locator("#unsent")).to_be_visible()
    expect(desk.locator("#waits")).to_contain_text("Not yet there.")
    house[1].check(desk)
    desk.get_by_role("link", name="Open the interview").click()
    saved(desk)
    assert stored(score).evidence == "Not yet there."
    desk.goto("/interviews/")
    desk.get_by_role("button", name="Sign out").click()
    desk.wait_for_url("**/sign-in/**")
    assert left(desk) == {"edits": [], "answers": [], "pages": []}


def test_what_can_no_longer_be_sent_is_copied_or_discarded_on_its_page(house, card, score):
    house[1].expected.update({"403", "409"})
    page = open_score(house, card, score)
    until_openable(page)
    waive_card(card=card, reason="Ill", by=card.interviewer)
    note(page).fill("Too late.")
    expect(line(page)).to_have_text("Not saved: see question 2")
    desk = page.context.new_page()
    page.close()
    desk.goto("/interviews/on-this-device/")
    discard = desk.locator("#waits [data-discard]")
    expect(desk.locator("#waits")).to_contain_text("Too late.")
    discard.click()
    expect(discard).to_have_text("Discard it for good")
    discard.click()
    expect(desk.locator("#nothing-waits")).to_be_visible()
    assert left(desk)["edits"] == []


def test_what_is_seven_days_old_is_gone_at_the_next_visit(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    until_openable(page)
    house[1].expected.add("401")
    Session.objects.all().delete()
    note(page).fill("Forgotten.")
    expect(line(page)).to_have_text("Sign in again to send 1 answer")
    later = page.context.new_page()
    page.close()
    later.context.add_cookies(house[0](card.interviewer).context.cookies())
    later.clock.set_fixed_time(later.evaluate("Date.now()") + EIGHT_DAYS * 1000)
    later.goto("/interviews/on-this-device/")
    expect(later.locator("#nothing-waits")).to_be_visible()
    later.wait_for_timeout(100)
    found = left(later)
    assert (found["edits"], found["answers"]) == ([], [])
    assert [path for path in found["pages"] if path.startswith("/interviews/")] == []
    assert stored(score).evidence == ""


def test_a_conflict_outlives_the_page(house, card, score):
    house[1].expected.add("409")
    here, there = open_score(house, card, score), open_score(house, card, score)
    note(there).fill("Words of the other window.")
    saved(there)
    note(here).fill("Words of mine.")
    expect(line(here)).to_have_text("Conflict: choose at question 2")
    here.once("dialog", lambda dialog: dialog.accept())
    here.reload()
    expect(line(here)).to_have_text("Conflict: choose at question 2")
    notice = here.locator(".score-item.now .troubles")
    expect(notice).to_contain_text("Words of mine.")
    expect(notice).to_contain_text("Words of the other window.")
    notice.get_by_role("button", name="Keep mine").click()
    saved(here)
    assert stored(score).evidence == "Words of mine."
    history = [json.loads(edit.fields)["evidence"] for edit in score.edits.filter(applied=True)]
    assert history == ["Words of the other window.", "Words of mine."]


def test_words_written_after_a_conflict_and_not_chosen_are_in_the_history_too(house, card, score):
    house[1].expected.add("409")
    here, there = open_score(house, card, score), open_score(house, card, score)
    note(there).fill("Words of the other window.")
    saved(there)
    note(here).fill("Words of mine.")
    expect(line(here)).to_have_text("Conflict: choose at question 2")
    note(here).fill("Words of mine, and more.")
    here.locator(".score-item.now .troubles").get_by_role("button", name="Take theirs").click()
    expect(line(here)).to_have_text("Saves as you go")
    expect(note(here)).to_have_value("Words of the other window.")
    assert stored(score).evidence == "Words of the other window."
    words = [json.loads(edit.fields)["evidence"] for edit in score.edits.order_by("pk")]
    assert words == ["Words of the other window.", "Words of mine.", "Words of mine, and more."]
    assert left(here)["edits"] == []
    note(here).fill("Both agree by now.")
    saved(here)
    assert stored(score).evidence == "Both agree by now."


def test_a_window_takes_over_what_another_left_while_it_was_open(house, card, score):
    here = open_score(house, card, score)
    until_openable(here)
    there = here.context.new_page()
    there.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id}")
    here.context.set_offline(True)
    note(there).fill("Left behind.")
    waits(there)
    there.close(run_before_unload=False)
    here.context.set_offline(False)
    saved(here)
    expect(note(here)).to_have_value("Left behind.")
    assert stored(score).evidence == "Left behind."


def test_leaving_with_nothing_unsent_asks_nothing(house, card, score):
    page = open_score(house, card, score)
    page.keyboard.press("4")
    saved(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/interviews/")
    assert asked == []


def test_on_plain_http_the_page_says_that_nothing_is_kept(
    house, card, score, launch_browser, browser_type_launch_args, live_server, settings
):
    """Elsewhere than on this machine; the server itself refuses to be set up so, but a proxy may be."""
    settings.ALLOWED_HOSTS = ["kit.test"]
    rules = "--host-resolver-rules=MAP kit.test 127.0.0.1"
    browser = launch_browser(args=[*browser_type_launch_args["args"], rules])
    port = live_server.url.rsplit(":", 1)[1]
    cookies = [
        {"name": one["name"], "value": one["value"], "url": f"http://kit.test:{port}"}
        for one in house[0](card.interviewer).context.cookies()
    ]
    context = browser.new_context(base_url=f"http://kit.test:{port}")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"/interviews/{card.interview_id}/score/#question-{score.item_id}")
    expect(page.locator("#unprotected")).to_have_text(
        "Offline protection is off here: keep this page open until everything is saved."
    )
    context.set_offline(True)
    note(page).fill("In this page only.")
    expect(line(page)).to_have_text("Offline: 1 answer waits, in this page only")
    context.set_offline(False)
    saved(page)
    assert stored(score).evidence == "In this page only."
    browser.close()


def test_a_submit_without_connection_waits_and_counts_once(house, card):
    for each in card.scores.filter(item__scored=True):
        Score.objects.filter(pk=each.pk).update(outcome="scored", level=4, version=1)
    page = house[0](card.interviewer)
    page.goto(f"/interviews/{card.interview_id}/review/")
    page.locator("[name=recommendation][value=yes]").check(force=True)
    page.locator("[name=summary]").fill("Careful.")
    saved(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Submit scorecard").click()
    expect(line(page)).to_have_text("Not submitted yet: the server cannot be reached")
    house[1].check(page)
    lost = []

    def lose_once(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/submit/", lose_once)
    page.context.set_offline(False)
    page.wait_for_url("**/scorecards/*/")
    assert lost == [200]
    card.refresh_from_db()
    assert (card.status, card.summary) == ("submitted", "Careful.")
    expect(page.locator(".messages")).to_contain_text("From now on this scorecard does not change")
    assert left(page)["answers"] == []


def test_whoever_writes_on_after_a_submit_without_connection_has_not_submitted(house, card):
    for each in card.scores.filter(item__scored=True):
        Score.objects.filter(pk=each.pk).update(outcome="scored", level=4, version=1)
    page = house[0](card.interviewer)
    page.goto(f"/interviews/{card.interview_id}/review/")
    page.locator("[name=recommendation][value=yes]").check(force=True)
    saved(page)
    page.context.set_offline(True)
    page.locator("[name=summary]").fill("Careful.")
    waits(page)
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.locator("#submit-waits")).to_be_visible()
    page.locator("[name=summary]").fill("Careful, and slow.")
    expect(page.locator("#submit-waits")).to_be_hidden()
    page.context.set_offline(False)
    saved(page)
    page.wait_for_timeout(500)  # time enough for the submit that must not come
    card.refresh_from_db()
    assert (card.status, card.summary) == ("open", "Careful, and slow.")


def test_without_javascript_nothing_is_kept_and_everything_saves(house, card, score):
    page = open_score(house, card, score, java_script_enabled=False)
    expect(page.locator("#unprotected")).to_be_hidden()
    expect(line(page)).to_have_text("Each question has its own Save button")
    form = page.locator(f"#question-{score.item_id}")
    form.locator("[name=evidence]").fill("Saved by hand.")
    form.get_by_role("button", name="Save this question").click()
    expect(page.locator(".messages")).to_contain_text("Saved")
    assert stored(score).evidence == "Saved by hand."
