"""What the pages come to when something is done on them: refused forms, closed doors, and what htmx swaps in.

Each is (name, email or None, path, what is done there, the status it ends in). On the demo's rows, which stay as they are.
"""

from typing import NamedTuple

from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from plans.models import InterviewPlan, Role
from tests.pages import pages

# Forms that refuse to be sent empty, by the name of their page in tests/pages.py.
FORMS = (
    "accounts-profile-interviewer", "accounts-person_new-administrator", "accounts-person_detail-administrator",
    "questions-question_new-recruiter", "questions-question_edit-recruiter", "questions-filter_list", "questions-question_bulk", "questions-competency_new-recruiter",
    "questions-import_new-recruiter", "questions-import_row-recruiter",
    "questions-competency_edit-recruiter", "questions-question_away-recruiter", "plans-role_new-recruiter", "plans-role_edit-recruiter", "plans-duty_give-recruiter",
    "plans-weight_new-recruiter", "plans-weight_edit-recruiter", "plans-stage_new-recruiter", "plans-stage_edit-recruiter",
    "plans-plan_weight_new-recruiter", "plans-plan_weight_edit-recruiter", "plans-plan_copy-recruiter", "plans-template_detail-recruiter", "plans-example_detail-recruiter",
    "plans-section_new-recruiter", "plans-item_edit-recruiter", "plans-item_void-recruiter", "plans-item_move-recruiter", "plans-stage_move-recruiter", "plans-section_move-recruiter", "plans-template_save-recruiter", "plans-template_upload-recruiter", "plans-person_duties-administrator",
    "interviews-candidate_new-recruiter", "interviews-candidate_paste-recruiter",
    "interviews-result_record-recruiter", "interviews-interview_schedule-recruiter", "interviews-interview_move-recruiter", "interviews-interview_cancel-recruiter",
    "interviews-seat_add-recruiter", "interviews-card_waive-recruiter", "interviews-interview_review-interviewer",
    "committee-packet_detail-committee",
)  # fmt: skip
EMPTY_AND_SEND = """form => {
  for (const field of form.elements) {
    if (field.type === "hidden" || field.disabled) continue;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = false;
    else if (!field.matches("button")) field.value = "";
  }
  form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""
POST = """([path, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = path;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [["csrfmiddlewaretoken", token], ...fields]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""

GUESSES = """async ([path, fields]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams([["csrfmiddlewaretoken", token], ...fields]);
  for (let left = 40; left; left -= 1) await fetch(path, { method: "POST", body });
}"""


class State(NamedTuple):
    name: str
    email: str | None
    path: str
    reach: object
    status: int = 200


def states():
    found, every = [], {name: (email, path) for name, email, path in pages()}
    recruiter, administrator = "recruiter@demo.example", "administrator@demo.example"
    for name in FORMS:
        found.append(State(f"{name}-422", *every[name], send_empty, 422))
    draft, role = InterviewPlan.objects.filter(status="draft").first(), Role.objects.get(title="Data Engineer")
    board, bank = reverse("plans:plan_detail", args=[draft.pk]), reverse("questions:question_list")
    start, sign_in = reverse("plans:plan_start", args=[role.pk]), reverse("account_login")
    assemble = every["plans-plan_assemble-recruiter"][1]
    edit, person = every["questions-question_edit-recruiter"][1], every["accounts-person_detail-administrator"][1]
    merge, apart = (every[f"questions-question_{name}-recruiter"][1] for name in ("merge", "enemies"))
    review, brought = every["questions-version_review-recruiter"][1], every["questions-import_detail-recruiter"][1]
    return [
        *found,
        State("refused-400", None, sign_in, send_garbled, 400),
        State("refused-413", None, sign_in, lambda page: post(page, sign_in, [["x", "y"]] * 1100), 413),
        State("refused-403", "interviewer@demo.example", "/people/", None, 403),
        State("refused-403-csrf", None, sign_in, send_untrusted, 403),
        State("refused-404", recruiter, "/questions/no-such-question/", None, 404),
        State("refused-404-signed-out", None, "/questions/no-such-question/x/", None, 404),
        State("refused-405", recruiter, start, None, 405),
        State("refused-409", recruiter, board, lambda page: post(page, start, []), 409),
        State("refused-422-merge", recruiter, merge, lambda page: post(page, merge, []), 422),
        State("refused-422-apart", recruiter, apart, lambda page: post(page, apart, []), 422),
        State("refused-422-review", recruiter, review, lambda page: post(page, review, []), 422),
        State("refused-422-import", recruiter, brought, lambda page: post(page, brought, []), 422),
        State("refused-422-sign-in", None, sign_in, lambda page: post(page, sign_in, [["login", "nobody@demo.example"], ["password", "x"]]), 422),
        State("accounts-person_link-shown", administrator, person, lambda page: post(page, f"{person}link/", [])),
        State("refused-410", None, reverse("accounts:set_password"), None, 410),
        State("refused-410-setup", None, reverse("accounts:setup"), None, 410),
        State("accounts-set_password", None, one_time_link(), None),
        State("accounts-set_password-422", None, one_time_link(), send_empty, 422),
        State("refused-429", None, sign_in, guess_passwords, 429),
        State("refused-500", administrator, reverse("accounts:record"), break_down, 500),
        State("committee-packet_check-422", recruiter, reverse("committee:packet_check") + "?number=C-0417", None, 422),
        State("committee-packet_check-unknown", recruiter, reverse("committee:packet_check") + "?number=C-9+0123456789AB", None),
        State("swapped-search", recruiter, bank, lambda page: search(page, "recall")),
        State("swapped-search-none", recruiter, bank, lambda page: search(page, "zebra")),
        State("swapped-search-meant", recruiter, bank, lambda page: search(page, "precison")),
        State("ticked-bulk", recruiter, f"{bank}?q=recall", tick_and_go),
        State("swapped-board", recruiter, board, lambda page: press(page, ".part button[value=down]")),
        State("swapped-board-back", recruiter, board, lambda page: press(page, ".part button[value=up]")),
        State("swapped-bank", recruiter, board, lambda page: press(page, ".part .tools a b")),
        State("plans-plan_assemble-proposed", recruiter, assemble, propose),
        State("plans-plan_assemble-nothing-fits", recruiter, assemble, lambda page: propose(page, minutes_="3", least_="2")),
        State("plans-plan_assemble-offers", recruiter, assemble, lambda page: press(page, "#wishes .fold summary")),
        State("plans-plan_assemble-422", recruiter, assemble, lambda page: propose(page, minutes_="", least_="9", most_="1"), 422),
        State("opened-move", recruiter, board, lambda page: press(page, ".items .tools [id$=-to]")),
        State("swapped-preview", recruiter, edit, lambda page: press(page, "[value=preview]")),
        State("swapped-preview-422", recruiter, edit, preview_without_a_prompt, 422),
        State("opened-duty", administrator, person, lambda page: press(page, ".fold summary")),
        State("opened-samples", recruiter, edit, lambda page: press(page, ".fold summary")),
        State("opened-keys", "interviewer@demo.example", every["interviews-interview_score-interviewer"][1], open_keys),
        State("opened-overview", "interviewer@demo.example", every["interviews-interview_score-interviewer"][1], open_overview),
        State("last-questions", "interviewer@demo.example", every["interviews-interview_score-interviewer"][1], go_last),
        State("opened-menu", recruiter, "/", open_menu),
    ]  # fmt: skip


def one_time_link():
    """The address at which somebody of the demo sets a password; nobody has asked for it, and nothing is kept of it."""
    person = User.objects.get(email="second@demo.example")
    link = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)
    return reverse("accounts:link_follow", args=link)


def send_empty(page):
    forms = page.locator("main form.form:visible, main form.with-aside, main form.editor")
    if not forms.count():
        page.locator("main .fold summary").first.click()
    with page.expect_navigation():
        forms.last.evaluate(EMPTY_AND_SEND)


def post(page, path, fields):
    with page.expect_navigation():
        page.evaluate(POST, [path, fields])


def send_garbled(page):
    """A form that says it comes in parts and does not say where they end."""
    path = reverse("account_login")
    page.route(
        f"**{path}",
        lambda route: route.continue_(headers=route.request.headers | {"content-type": "multipart/form-data"}),
    )
    post(page, path, [])
    page.unroute(f"**{path}")


def send_untrusted(page):
    page.context.clear_cookies()
    post(page, reverse("account_login"), [])


def guess_passwords(page):
    guess = [["login", "nobody@demo.example"], ["password", "a guess"]]
    page.evaluate(GUESSES, [reverse("account_login"), guess])
    post(page, reverse("account_login"), guess)


def break_down(page):
    """The page of a fault of ours, which no address of the house leads to."""
    fault = render_to_string("500.html")
    page.route("**/people/record/*", lambda route: route.fulfill(status=500, content_type="text/html", body=fault))
    page.goto(reverse("accounts:record") + "?check=1")
    page.unroute("**/people/record/*")


def search(page, words):
    with page.expect_response("**/questions/?*"):
        page.locator("#q").fill(words)


def tick_and_go(page):
    """Up to the form for those that are ticked; nothing is sent."""
    page.get_by_label("All on this page").check()
    with page.expect_navigation():
        page.locator("#chosen button").first.click()


def press(page, selector):
    page.locator(selector).first.click()


def preview_without_a_prompt(page):
    page.locator("#id_prompt").fill("")
    press(page, "[value=preview]")


def propose(page, **typed):
    """Send the form of an assembly, with the same typed into every field whose name begins so."""
    for start, value in typed.items():
        for field in page.locator(f"#wishes input[name^={start}]").all():
            field.fill(value)
    with page.expect_navigation():
        press(page, "#wishes > .cluster .btn-primary")


def open_keys(page):
    page.keyboard.press("?")


def open_overview(page):
    page.keyboard.press("o")


def go_last(page):
    for _question in range(9):
        page.keyboard.press("n")


def open_menu(page):
    page.set_viewport_size({"width": 360, "height": 780})
    page.locator(".menu summary").click()
