"""Every page of the demo and what it comes to: axe, width, targets, focus, zoom, spacing, motion and paper."""

from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import resolve, reverse

from accounts.house import settle
from accounts.models import User
from committee.demo import load_demo
from printing import pdf
from printing.printer import Limits
from tests.browser import access
from tests.pages import pages
from tests.states import State, states
from tests.test_access import FORMS, names

# Addresses that answer with no page of their own: what is sent there leads on, or it is a file or a word for a machine.
NO_PAGE = {
    "questions:question_booklet_pdf",
    "account_logout", "accounts:demo_sign_in", "accounts:healthz", "accounts:link_follow", "accounts:setup_follow",
    "accounts:person_link", "accounts:person_deactivate", "accounts:person_reactivate",
    "questions:question_draft", "questions:question_publish", "questions:version_hand_in", "questions:question_back", "questions:question_part",
    "questions:enemy_drop", "questions:filter_drop", "questions:bulk_undo", "plans:question_renew",
    "plans:plan_start", "plans:role_close", "plans:role_reopen", "plans:duty_decide", "plans:duty_take", "plans:person_duty_take", "plans:weight_drop",
    "plans:plan_discard", "plans:plan_fill", "plans:plan_weight_drop", "plans:plan_undo", "plans:plan_news", "plans:stage_remove",
    "plans:section_remove", "plans:question_add", "plans:item_switch", "plans:item_renew", "plans:item_remove",
    "plans:plan_kit_pdf", "plans:stage_kit_pdf", "plans:plan_information_pdf", "plans:plan_file", "plans:template_file",
    "plans:example_file", "plans:template_remove", "interviews:application_replan", "interviews:score_save", "interviews:interview_submit",
    "interviews:notes_save", "interviews:interview_time_up", "interviews:score_worker",
    "interviews:scorecard_pdf", "committee:packet_json", "committee:packet_file", "committee:packet_file_cancel", "committee:decision_facts", "committee:decision_record", "committee:decision_supersede",
}  # fmt: skip
# Forms with nothing in them to be wrong: such a button is pressed, or is refused by a page of its own (409). The demo's
# draft has no placeholder to fill.
NEVER_WRONG = {
    "accounts:house_settings",
    "interviews:application_withdraw",
    "interviews:plan_applications",
    "plans:plan_activate",
    "plans:placeholder_edit",
}
# Pages from which a document can be printed, and its address.
PRINTED = {
    "interviews-scorecard_detail-interviewer": "interviews:scorecard_pdf", "plans-plan_detail-recruiter": "plans:plan_kit_pdf",
    "plans-stage_kit-recruiter": "plans:stage_kit_pdf", "plans-plan_information-recruiter": "plans:plan_information_pdf",
    "committee-packet_detail-committee": "committee:packet_pdf", "questions-question_list-recruiter": "questions:question_booklet_pdf",
}  # fmt: skip
# The candidate's window holds the question and nothing else: no heading when the prompt is not shown, no bar.
BARE = {"page-has-heading-one"}


# Axe looks at a page once, in turn at both widths and both themes; another long test has every pair.
SHORT = [(access.WIDE, "light"), (access.NARROW, "dark")]
LONG = [*SHORT, (access.WIDE, "dark"), (access.NARROW, "light"), (access.TABLET, "light"), (access.TABLET, "dark")]


@pytest.fixture
def demo(house, settings):
    call_command("load_bank", stdout=StringIO())
    settings.HOUSE = "demo"
    settle("demo")
    load_demo(Path(settings.BASE_DIR, "fixtures/demo.toml"))
    house[1].expected = {"the server responded with a status of"}  # each state names the one that it ends in
    return house


class Visit:
    """Pages of the demo, one tab to each person, and what was wrong on them."""

    def __init__(self, demo):
        self.open_page, self.findings = demo
        self.tabs, self.wrong, self.statuses = {}, [], []

    def tab(self, email):
        if email not in self.tabs:
            page = self.open_page(email and User.objects.get(email=email))
            page.on("response", self.note)
            self.tabs[email] = page
        return self.tabs[email]

    def note(self, answer):
        leads_on = 300 <= answer.status < 400
        if answer.request.resource_type in {"document", "xhr", "fetch"} and not leads_on:
            self.statuses.append(answer.status)

    def reach(self, state):
        page = self.tab(state.email)
        page.set_viewport_size(access.WIDE)
        self.statuses.clear()
        page.goto(state.path)
        access.settle(page)
        if state.reach:
            state.reach(page)
            access.settle(page)
        if max(self.statuses, default=0) != state.status:
            self.wrong.append(f"{state.name}: ended in {self.statuses}")
        return page

    def axe(self, state, page, sizes):
        bare = BARE if "interview_show" in state.name else ()
        for size, theme in sizes:
            page.set_viewport_size(size)
            access.drawn(page)
            self.findings.check(page, themes=[theme], but=bare)

    def measure(self, state, page):
        for rule, found in access.everything(page):
            self.wrong += [f"{state.name}: {rule}: {each}" for each in found[:6]]

    def check(self):
        assert not self.wrong, "\n".join(self.wrong)


def plain_pages():
    ends = {"not-found": 404, "forbidden": 403}
    return [State(name, email, path, None, ends.get(name, 200)) for name, email, path in pages()]


def _never_refused():
    """Addresses of a form whose refusal is not among the states."""
    refused = {resolve(state.path.split("?")[0]).view_name for state in states() if state.status == 422}
    return FORMS - NEVER_WRONG - refused


def _left_out():
    """Addresses that have a page and are not among the pages, or the other way about."""
    met = {resolve(path.split("?")[0]).view_name for _name, _email, path in pages()}
    met |= {resolve(state.path.split("?")[0]).view_name for state in states() if state.status == 410}
    return (names() - NO_PAGE - met) | (met & NO_PAGE)


@pytest.mark.parametrize(("looked_at", "measured"), [(6, 12), pytest.param(1, 1, marks=pytest.mark.long)])
def test_every_page_and_what_it_comes_to_is_open_to_everybody(demo, looked_at, measured):
    """Axe and measures on every page. The short run opens each, looks at every sixth and measures every twelfth, and so with states.

    No address with a page is left out, nor a form's refusal.
    """
    assert _left_out() == set()
    assert _never_refused() == set()
    visit, titles = Visit(demo), defaultdict(set)
    for number, state in enumerate(plain_pages()):
        page = visit.reach(state)
        titles[page.title()].add(resolve(state.path.split("?")[0]).view_name if state.status == 200 else state.name)
        if number % looked_at == 0:
            visit.axe(state, page, [SHORT[number // looked_at % 2]])
        if number % measured == 0:
            visit.measure(state, page)
    assert {title: names for title, names in titles.items() if len(names) > 1 or not title} == {}
    for number, state in enumerate(states()[::measured]):
        page = visit.reach(state)
        visit.axe(state, page, [SHORT[number % 2]])
        visit.measure(state, page)
    visit.check()


@pytest.mark.long
def test_the_pages_to_print_are_open_to_everybody(demo, monkeypatch):
    """What stands at a PDF's address where it is too much for one: with its sentence, to be read and printed."""
    monkeypatch.setattr(pdf, "Limits", lambda: Limits(pages=0))
    visit, every = Visit(demo), {name: (email, path) for name, email, path in pages()}
    for name, address in PRINTED.items():
        email, path = every[name]
        state = State(
            address, email, reverse(address, kwargs=resolve(path.split("?")[0]).kwargs) + "?q=recall&part=record", None
        )
        page = visit.reach(state)
        assert page.locator(".on-screen").count() == 1, name
        visit.axe(state, page, SHORT)
        page.set_viewport_size(access.NARROW)
        visit.wrong += [f"{address}: too wide: {each}" for each in access.measure(page, "tooWide")]
    visit.check()


@pytest.mark.long
def test_every_page_and_state_in_both_themes_at_every_width(demo):
    visit = Visit(demo)
    for state in [*plain_pages(), *states()]:
        visit.axe(state, visit.reach(state), LONG)
    visit.check()
