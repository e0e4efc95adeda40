"""Every rule of measure.js finds a slip that is planted, and nothing on the page without it."""

import pytest

from tests.browser.access import MEASURES, measure

RING = "<style>body { background: #fff; color: #000 } :focus { outline: 3px solid #000 }</style>"
WIDE = "style='display: inline-block; width: 60px; height: 60px'"
LABEL = f"<label {WIDE}>All<input type=checkbox></label>"
# rule: a page that is well, and slips that it must find
PLANTED = {
    "forwards": ("<a href=# tabindex=0>x</a>", ["<a href=# tabindex=3>x</a>"]),
    "smallTargets": (
        f"<button {WIDE}>x</button>{LABEL}<p>A word is <a href=#>a link</a> in its line.</p>",
        ["<button style='width: 60px; height: 20px'>x</button>", "<input type=checkbox>", "<p><a href=#>x</a></p>"],
    ),
    "tooWide": ("<p>x</p>", ["<p style='width: 3000px'>x</p>", "<p style='white-space: nowrap'>" + "long " * 999]),
    "cutOff": (
        "<p style='overflow: auto; height: 1em'>x<br>y</p>",
        ["<p style='overflow: hidden; height: 1em'>x<br>y</p>", "<p style='overflow: hidden; width: 3em'>xxxxxxxxxxxxx"],
    ),
    "moves": (
        "<p style='transition: none'>x</p>",
        ["<p style='transition: color .2s'>x</p>", "<p style='animation: turn 1s'>x</p>", "<p style='scroll-behavior: smooth'>"],
    ),
    "focusTroubles": (
        f"<button>x</button>{LABEL}",
        [
            "<button style='outline: none'>x</button>",
            "<button style='outline: 3px solid #ddd'>x</button>",
            "<style>button:focus { outline: 1px solid #000 }</style><button>x</button>",
            "<style>button:focus { outline: 3px solid #ccc }</style><button>x</button>",
            "<div class=score-bar style='position: fixed; inset: 0'></div><button>x</button>",
        ],
    ),
    "stopTroubles": (
        "<button autofocus>x</button>",
        [
            "<button>x</button>",
            "<button autofocus style='outline: none'>x</button>",
            "<style>button:focus { outline: 3px solid #ccc }</style><button autofocus>x</button>",
            "<div class=status style='position: fixed; inset: 0'></div><button autofocus>x</button>",
        ],
    ),
    "notForPaper": (
        "<h1>x</h1><nav style='display: none'>x</nav>",
        ["<nav>x</nav>", "<button>x</button>", "<p style='color: #bbb'>x</p>", "<style>body { background: #ccc }</style>"],
    ),
}  # fmt: skip


@pytest.fixture
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def told(blank):
    """told(rule, html) → what the rule finds on that page."""

    def tell(rule, html):
        blank.set_content(f"<!doctype html><html lang=en>{RING}<main>{html}</main>")
        # As on a page that is met by keys: only then does a browser set the focus where it is asked for at once.
        blank.evaluate("document.querySelector('[autofocus]')?.focus()")
        blank.evaluate("delete window.kitMeasures")
        return measure(blank, rule)

    return tell


@pytest.mark.parametrize("rule", PLANTED)
def test_a_rule_finds_what_is_planted_and_nothing_else(told, rule):
    good, slips = PLANTED[rule]
    assert told(rule, good) == []
    assert [slip for slip in slips if told(rule, slip) == []] == []


def test_no_rule_is_without_its_slip(blank):
    rules = blank.evaluate(f"Object.keys({MEASURES})")
    assert set(rules) - {"contrast"} == set(PLANTED)
