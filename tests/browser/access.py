"""What must hold on every page, measured in the browser: width, targets, focus, zoom, spacing, motion, paper."""

from pathlib import Path

from playwright.sync_api import expect

MEASURES = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
WIDE, TABLET = {"width": 1440, "height": 900}, {"width": 820, "height": 1180}
NARROW, NARROWEST = {"width": 360, "height": 780}, {"width": 320, "height": 640}
# WCAG 1.4.12: what a reader may set themselves without losing a word.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
TWICE = "html { font-size: 200% !important }"


def settle(page):
    """The page with every fragment that it loads by itself."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    drawn(page)


def drawn(page):
    """The page as it stands after the browser has laid it out anew."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def measure(page, what):
    """The findings of one function of measure.js."""
    if not page.evaluate("'kitMeasures' in window"):
        page.evaluate(f"window.kitMeasures = {MEASURES}")
    return page.evaluate("what => kitMeasures[what]()", what)


def with_style(page, rules):
    """Lay rules of a reader over the page's own; an empty text takes them away."""
    page.evaluate(
        "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }",
        rules,
    )


class Touch:
    """A page under a finger: `pointer: coarse`, as long as it is held."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def __enter__(self):
        self.session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})

    def __exit__(self, *_):
        self.session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.session.detach()


def everything(page):
    """Yield (rule, findings) of the page as it stands, at the widths and in the modes where each rule bites."""
    page.set_viewport_size(WIDE)
    yield "a positive tabindex", measure(page, "forwards")
    page.keyboard.press("Tab")  # whoever uses keys is shown where the focus is
    yield "focus", measure(page, "focusTroubles")
    with_style(page, TWICE)
    yield "text twice as large, too wide", measure(page, "tooWide")
    yield "text twice as large, cut off", measure(page, "cutOff")
    with_style(page, "")
    page.emulate_media(reduced_motion="reduce")
    yield "motion", measure(page, "moves")
    page.emulate_media(reduced_motion="no-preference", media="print", color_scheme="dark")
    yield "paper", measure(page, "notForPaper")
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size(NARROW)
    with Touch(page):
        yield "too wide at 360 px", measure(page, "tooWide")
        yield "targets under 44 px", measure(page, "smallTargets")
        with_style(page, SPACED)
        yield "spaced out, too wide", measure(page, "tooWide")
        yield "spaced out, cut off", measure(page, "cutOff")
        with_style(page, "")
    page.set_viewport_size(NARROWEST)
    yield "too wide at 320 px", measure(page, "tooWide")
    yield "focus at 320 px", measure(page, "focusTroubles")
