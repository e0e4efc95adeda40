"""A page that says what went wrong leads back to the form, in which what was typed still stands."""

import pytest
from django.template.loader import render_to_string

from tests.factories import UserFactory

PROFILE = "/profile/"
TOO_MUCH = """form => {
  for (let left = 1100; left; left -= 1) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "x" }));
  form.requestSubmit();
}"""


def send_too_much(page):
    page.locator("main form").first.evaluate(TOO_MUCH)


def send_untrusted(page):
    page.locator("main [name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = 'x'; }")
    page.locator("main form button").first.click()


def meet_a_fault(page):
    """A fault of ours, which no address of the house leads to."""
    fault = render_to_string("500.html")
    page.route("**/profile/", lambda route: route.fulfill(status=500, content_type="text/html", body=fault))
    page.locator("main form button").first.click()
    page.get_by_role("heading", name="Something broke").wait_for()
    page.unroute("**/profile/")


@pytest.mark.parametrize("send", [send_too_much, send_untrusted, meet_a_fault])
def test_going_back_from_an_error_finds_what_was_typed(house, send):
    open_page, findings = house
    findings.expected = {"the server responded with a status of"}
    page = open_page(UserFactory(name="Ada"))
    page.goto(PROFILE)
    page.get_by_label("Name").fill("Ada Lovelace")
    send(page)
    page.get_by_role("button", name="Go back").click()
    page.wait_for_url(f"**{PROFILE}")
    assert page.get_by_label("Name").input_value() == "Ada Lovelace"
