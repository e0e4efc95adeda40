"""Pages whose every text is hostile, in a real Chromium: nothing runs, nothing is fetched, nothing moves, nothing appears."""

import json
import re
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from interviews.models import Score, ScoreEdit
from tests.factories import UserFactory
from tests.walls.packed import crowd
from tests.walls.packed import house as hostile_house
from tests.walls.payloads import XSS
from tests.walls.test_redirects import ELSEWHERE
from tests.walls.walk import Walk
from tests.walls.words import ONE_LINE, STARTS, Hostile, Kept, ManyLines

WATCH = """
  window.zqHits = [];
  window.zq = () => window.zqHits.push("zq() was called");
  document.addEventListener("securitypolicyviolation", (event) =>
    window.zqHits.push(`violated ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`));
"""
# What only a text could have brought into a page of ours. htmx may run hx-vals as script, so of these no others pass than
# the two that our own templates hold, letter by letter.
STRANGE = """() => {
  const found = [...window.zqHits];
  const never = "img, iframe, frame, object, embed, base, style, math, video, audio, marquee, applet, meta[http-equiv], " +
    "script:not([src^='/static/']), link:not([href^='/static/']), svg:not(.slot-bar, .formula), svg.formula :not(title, path), svg.formula [id], [zq], .zq, #zq, [name=zq], [style], " +
    "[srcdoc], [hx-disable] [id], [hx-disable] [hx-get], [hx-disable] [hx-post], [hx-disable] [hx-vals], " +
    `[hx-vals]:not([hx-vals='{"do": "autosave"}'], [hx-vals='{"scored": "on"}']), [hx-ext], [hx-boost]`;
  for (const element of document.querySelectorAll(never)) found.push(element.outerHTML.slice(0, 120));
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) {
      if (/^(on|hx-on|data-hx-)/.test(name)) found.push(`${name} on ${element.tagName}`);
    }
    const address = element.href ?? element.action;
    if (typeof address !== "string" || !address) continue;
    const { origin, protocol } = new URL(address);
    const mayLeave = element.matches("[hx-disable] a, a[rel='noreferrer noopener']") && /^(https|mailto):/.test(protocol);
    if (origin !== location.origin && !mayLeave) found.push(`a way to ${address}`);
  }
  return found;
}"""


class Watched:
    """A person's tab that notes whatever hostile text brings about."""

    def __init__(self, open_page, user):
        self.page, self.found = open_page(user), []
        context = self.page.context
        context.add_init_script(WATCH)
        context.on("request", self._request)
        context.on("page", lambda page: page.on("dialog", self._dialog))
        self.page.on("dialog", self._dialog)

    def _request(self, request):
        writes = request.method != "GET" and not self.may_write
        if writes or urlsplit(request.url).path.startswith("/zq"):
            self.found.append(f"{request.method} {request.url}")

    may_write = False

    def _dialog(self, dialog):
        self.found.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def read(self, path):
        self.page.goto(path)
        self.settle()
        self.look(path)

    def read_on(self, path, *, most):
        """A list from its first page on."""
        self.read(path)
        further = self.page.locator(".pager [rel=next]")
        for _page in range(most - 1):
            if not further.count():
                return
            further.click()
            self.page.wait_for_load_state()
            self.look()

    def settle(self):
        """Until htmx has fetched and placed what the page asks for."""
        self.page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")

    def look(self, path=None, page=None):
        page = page or self.page
        self.found += [f"{page.url}: {strange}" for strange in page.evaluate(STRANGE)]
        if path and not page.url.partition("#")[0].endswith(path):
            self.found.append(f"{path} became {page.url}")


@pytest.fixture
def watched(house):
    tabs = []

    def open_tab(user):
        tabs.append(Watched(house[0], user))
        return tabs[-1]

    yield open_tab
    assert [found for tab in tabs for found in tab.found] == []


@pytest.fixture
def packed(house):
    return hostile_house()


PLANTED = [
    "<img src=/static/x.png onerror=zq()>", "<p data-hx-get='/zq'>x</p>", "<script>zq()</script>",
    "<a href='//elsewhere.example'>x</a>", "<p style='color: red'>x</p>", "<form action='https://elsewhere.example'></form>",
    "<meta http-equiv=refresh content='0;url=/zq'>", "<p id=zq>x</p>",
]  # fmt: skip


@pytest.mark.parametrize(
    "planted", [*PLANTED[:2], *(pytest.param(slip, marks=pytest.mark.long) for slip in PLANTED[2:])]
)
def test_the_watch_finds_what_a_text_could_bring_about(house, planted):
    house[1].expected |= {"Content Security Policy", "404 (Not Found)"}
    tab = Watched(house[0], UserFactory())

    def plant(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{planted}</main>"))

    tab.page.route("**/competencies/", plant)
    tab.read("/questions/")
    assert tab.found == []
    tab.read(reverse("questions:competency_list"))
    assert tab.found != []


@pytest.mark.long
def test_pages_of_packed_text_stay_as_they_are(watched, packed):
    crowd(packed)
    application, held = packed.held.application_id, packed.card
    boss, writer, reader = watched(packed.boss), watched(packed.writer), watched(packed.reader)
    for name in ("interviews:candidate_list", "accounts:person_list", "plans:role_list"):
        boss.read_on(reverse(name), most=5)
    for name in ("questions:question_list", "questions:competency_list", "questions:question_new", "today"):
        boss.read(reverse(name))
    for version in packed.versions:
        boss.read(reverse("questions:question_detail", args=[version.question.slug]))
    for name, key in (
        ("plans:role_detail", packed.role.pk), ("plans:plan_detail", packed.plan.pk), ("accounts:person_detail", packed.writer.pk),
        ("interviews:interview_detail", packed.open.pk), ("interviews:application_detail", application),
        ("interviews:interview_move", packed.open.pk), ("plans:duty_give", packed.role.pk), ("committee:packet_detail", application),
    ):  # fmt: skip
        boss.read(reverse(name, args=[key]))
    writer.read(reverse("interviews:scorecard_detail", args=[held.pk]))
    writer.read(reverse("interviews:interview_review", args=[packed.open.pk]))
    reader.read(reverse("committee:packet_detail", args=[application]))
    boss.read("/questions/")
    for text in ONE_LINE[::20]:
        with boss.page.expect_response("**/questions/?*"):
            boss.page.locator("#q").fill(text)
        boss.settle()
        boss.look()


@pytest.mark.long
def test_live_scoring_writes_hostile_words_as_words(house, watched, packed):
    house[1].expected |= {"409 (Conflict)", "422 (Unprocessable"}
    tab = watched(packed.writer)
    tab.may_write = True
    tab.read(reverse("interviews:interview_score", args=[packed.open.pk]))
    shown = tab.page.context.new_page()
    shown.goto(reverse("interviews:interview_show", args=[packed.open.pk]))
    tab.page.locator("#show-prompt").check()
    for _question in range(len(packed.versions) + 2):
        tab.page.locator("#next").click()
        item = tab.page.locator(".score-item.now").get_attribute("data-item")
        expect(shown).to_have_url(re.compile(f"item={item}&prompt=1"))
        tab.look(page=shown)
    everything = "\n\n".join(XSS)[:7900]
    note = tab.page.locator(".score-item.now [name=evidence]")
    form = tab.page.locator(".score-item.now")
    note.fill(everything)
    expect(tab.page.locator("#saving-text")).to_contain_text("Saved ")
    _write_elsewhere(packed, int(form.get_attribute("data-item")), f"Theirs: {everything}")
    note.fill(f"Mine: {everything}")
    expect(tab.page.locator("[data-theirs]").last).to_contain_text("Theirs:")
    expect(tab.page.locator("[data-mine]").last).to_contain_text("Mine:")
    tab.look()
    tab.page.locator("[data-take]").click()
    expect(note).to_have_value(f"Theirs: {everything}")
    note.fill(everything + "z" * 8000)
    expect(tab.page.locator(".troubles .notice-error")).to_contain_text("at most")
    tab.look()
    note.fill(everything)
    expect(tab.page.locator("#saving-text")).to_contain_text("Saved ")


def _write_elsewhere(packed, item, evidence):
    client = Client()
    client.force_login(packed.writer)
    score = Score.objects.get(item=item, scorecard__interview=packed.open, scorecard__interviewer=packed.writer)
    stamp = {"operation": str(uuid4()), "client": str(uuid4()), "sequence": 1, "expected_version": score.version}
    address = reverse("interviews:score_save", args=[packed.open.pk, item])
    answer = client.post(address, json.dumps({**stamp, "evidence": evidence}), content_type="application/json")
    assert answer.status_code == 200
    assert ScoreEdit.objects.filter(score=score, applied=True).exists()


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, STARTS, 28))
def test_a_hire_in_hostile_words_is_built_and_read_with_htmx(house, watched, start):
    walk = Walk(Hostile(start), lambda _walk, _filled: None)
    for part in (walk.house, walk.bank, walk.role):
        part()
    boss = watched(walk.boss)
    walk.before_force = lambda plan: _build(boss, plan)
    walk.plan()
    for part in (walk.candidates, walk.meetings, walk.scoring, walk.calling_off, walk.decision):
        part()
    one, first = watched(walk.one), watched(walk.first)
    boss.read("/")
    for name, key in (
        ("plans:role_detail", walk.role.pk), ("plans:plan_detail", walk.plan.pk), ("committee:packet_detail", walk.applications[0].pk),
        ("interviews:interview_detail", walk.second.pk), ("interviews:application_detail", walk.applications[0].pk),
        ("questions:question_edit", walk.versions[0].question.slug),
    ):  # fmt: skip
        boss.read(reverse(name, args=[key]))
    boss.may_write = True
    boss.page.get_by_role("button", name="Preview").click()
    expect(boss.page.locator("#look h2").first).to_be_visible()
    boss.look()
    first.read(reverse("accounts:person_detail", args=[walk.one.pk]))
    one.read(reverse("interviews:interview_list"))


WORDS = {"payloads": Hostile(0), "later payloads": Hostile(STARTS // 2), "lines": ManyLines(0), "strings": Kept()}


@pytest.mark.long
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_page_of_a_hire_in_hostile_words_is_read_in_the_browser(watched, words):
    """Each as soon as there is something on it: before the draft is in force, before the card is in."""
    walk, tabs, read = Walk(words, lambda _walk, _filled: None), {}, set()

    def read_on(*_about):
        for path in walk.read.keys() - read:
            who = walk.read[path]
            if walk.client(who).get(path).status_code == 200:
                tabs[who] = tabs.get(who) or watched(who)
                tabs[who].read(path)
                read.add(path)

    walk.before_force = read_on
    walk.all(after_each=read_on)
    assert len(read) > 70


@pytest.mark.long
def test_no_address_that_sign_in_was_given_leads_the_browser_elsewhere(house):
    """A request to another site is noted by the fixture and fails the test."""
    house[1].expected |= {"404 (Not Found)", "400 (Bad Request)"}
    person = UserFactory(email="ada@example.org", password=make_password("a quiet green harbour"))
    page = house[0]()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for target in ELSEWHERE.values():
        page.context.clear_cookies()
        page.goto(f"/sign-in/?{urlencode({'next': target})}")
        home = urlsplit(page.url).netloc
        page.get_by_label("Email").fill(person.email)
        page.get_by_label("Password").fill("a quiet green harbour")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert urlsplit(page.url).netloc == home, target
        # Whoever is signed in is led on at once.
        page.goto(f"/sign-in/?{urlencode({'next': target})}")
        assert urlsplit(page.url).netloc == home, target


def _build(boss, plan):
    """The board of a draft: its placeholders, its search, and a button that swaps it."""
    boss.read(reverse("plans:placeholder_edit", args=[plan.pk]))
    boss.read(reverse("plans:plan_detail", args=[plan.pk]))
    boss.may_write = True
    boss.page.get_by_role("button", name="Down", exact=False).first.click()
    boss.settle()
    boss.page.locator("#plan-search [name=q]").fill(f"{XSS[0]} nowhere")
    boss.page.locator("#plan-search form[role=search] button").click()
    expect(boss.page.get_by_text("No published question answers to this.")).to_be_visible()
    boss.look()
    boss.may_write = False
