"""Formulas: what is one, how it is said, that none keeps the house busy, and that what is drawn is one safe path."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from formulas import drawing
from formulas.drawing import draw
from formulas.inline import MOST, MOST_DRAWN
from formulas.reading import WrongFormula, read
from foundation.richtext import faults_in, fill_placeholders, in_words, render_line, render_markdown

SAID = {
    r"F_1 = \frac{2PR}{P + R}": "F sub 1 = 2PR over (P + R)",
    r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}": "P(A given B) = (P(B given A) P(A)) over (P(B))",
    r"-\frac{1}{N} \sum_{i=1}^{N} y_i \log p_i": "−(1 over N) sum from i = 1 to N of y sub i log p sub i",
    r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right) V": "softmax ((Q (K transposed)) over (square root of d)) V",
    r"\hat{\theta} = \operatorname{argmax}_\theta p(x \mid \theta)": "theta hat = argmax over theta of p(x given theta)",
    r"f'(x)^2 \le \lvert x \rvert": "f prime (x) squared ≤ |x|",
    r"\sqrt[3]{x + 1} \pm e^{-x}": "root of order 3 of (x + 1) ± e to the power (−x)",
    r"x \sim \mathcal{N}(\mu, \sigma^2)": "x is distributed as N(mu, sigma squared)",
    r"\binom{n}{k} p^k": "(n choose k) (p to the power k)",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}": "{1, x > 0; 0, otherwise}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \vec{v}": "(a, b; c, d) v vector",
    r"\begin{bmatrix} 1 \\ \end{bmatrix} \begin{bmatrix} 2 \\ \end{bmatrix}": "[1] [2]",
    r"\lim_{n \to \infty} \bar{x}_n": "lim over n to infinity of (x bar) sub n",
    r"θ ≥ 95\%": "theta ≥ 95%",
}
WRONG = {
    r"\foo": "“\\foo”",
    r"\input{/etc/passwd}": "“\\input”",
    r"\def\x{\x\x}\x": "“\\def”",
    r"\href{https://evil.example}{x}": "“\\href”",
    r"\color{red}x": "“\\color”",
    r"\class{x}{y}": "“\\class”",
    r"\require{html}": "“\\require”",
    r"\begin{tikzpicture}\end{tikzpicture}": "“\\begin{tikzpicture}”",
    r"\begin{pmatrix}a": "is missing",
    r"\begin{pmatrix}a\end{cases}": "not known",
    r"\frac{a}": "after “\\frac”",
    r"\frac": "after “\\frac”",
    r"\sqrt[3": "“]” is missing",
    r"\left( x": "“\\right” is missing",
    r"\left x \right)": "needs a bracket",
    r"x \right)": "“\\right”",
    r"a & b": "“&”",
    r"a \\ b": "“\\\\”",
    "{a": "“}” is missing",
    "a}": "“}”",
    "^2": "before it",
    "x^": "after “^”",
    "x^2^3": "twice",
    "x_{1}_{2}": "twice",
    r"\text{a\b}": "plain words",
    "\\text{\x00}": "plain words",
    "\\text{\ud800}": "plain words",
    r"\text{日本}": "“日”",
    r"\mathbb{a b}": "plain words",
    "<script>alert(1)</script>": "",
    "&lt;": "“&”",
    "@": "“@”",
    "x" * 301: "300",
    "{" * 150 + "x" + "}" * 149: "deeply",
    "{" * 300: "deeply",
    r"\frac" * 60: "deeply",
    r"\sqrt" * 60: "deeply",
    "x^{" * 70: "deeply",
    r"\left(" * 50: "deeply",
    r"\begin{pmatrix}" * 20: "deeply",
    r"\hat{\begin{pmatrix}\hat{\begin{pmatrix}\hat{\begin{pmatrix}abc abc&abc\end{pmatrix}xyz}&xyz\end{pmatrix}xyz}&xyz\end{pmatrix}xyz}": "deeply",
    r"\begin{pmatrix}" + r"a\\" * 20 + r"\end{pmatrix}": "too large",
    "W" * 299: "too large",
    r"\quad" * 59: "",
}  # fmt: skip


@pytest.mark.parametrize(("tex", "words"), SAID.items())
def test_a_formula_is_said_in_plain_words(tex, words):
    assert read(tex, is_block=False).said == words
    assert draw(tex, is_block=True).said == words


@pytest.mark.parametrize(("tex", "why"), [(tex, why) for tex, why in WRONG.items() if why])
def test_what_is_no_formula_is_refused_with_the_reason(tex, why):
    with pytest.raises(WrongFormula, match=re.escape(why)):
        draw(tex, is_block=True)


@pytest.mark.parametrize("tex", WRONG)
def test_a_text_with_a_wrong_formula_shows_what_was_typed(tex):
    for html in (render_markdown(f"Say ${tex}$."), render_line(f"Say $${tex}$$.")):
        assert "<script" not in html
        assert "<var" not in html
        assert html.count("<svg") <= 1


def test_nothing_that_is_known_makes_the_engine_stumble():
    from formulas import symbols

    takes = ["{}{{}}", "x_{}^2", "\\frac{{{}}}2", "\\sqrt{{{}}}", "\\begin{{cases}}{}&1\\\\2&3\\end{{cases}}"]
    signs = [*symbols.SIGNS, *symbols.SPACES, *symbols.BOUNDED, *symbols.NAMED, *symbols.NAMED_WITH_BOUND]
    for place, sign in enumerate([*signs, *(f"{accent} x" for accent in symbols.ACCENTS)]):
        for tex in ("{}", takes[place % len(takes)]):
            drawn = draw(tex.format(f"{sign} "), is_block=bool(place % 2))
            assert re.fullmatch(r"[MLQCZhv\d. -]*", drawn.path)
            assert max(abs(float(figure)) for figure in re.findall(r"[\d.]+", f"0 {drawn.path}")) < drawing.HIGHEST


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.", "US$5 to US$10", "$5–$10", "10$ or 20$", "$HOME/$PATH", r"\$x\$", "`$x$`", "    $x$",
        "```\n$x$\n```", "[a](https://a.example/$x$)", "$ x $", "$x", "$$", "$$$$", "a$b$c", "$a\nb$",
    ],
)  # fmt: skip
def test_money_code_and_single_dollars_stay_text(text):
    assert "<svg" not in render_markdown(text)
    assert in_words(text) == text
    assert faults_in(text) == []


def test_a_formula_is_a_picture_with_its_words_in_the_colour_of_the_text():
    html = render_markdown("Say $x^2$, *then* $$x < y$$ <var>0</var>")
    pictures = re.findall(r"<svg[^>]*>.*?</svg>", html)
    assert [re.search("<title>(.*?)</title>", one)[1] for one in pictures] == ["x squared", "x &lt; y"]
    for one in pictures:
        assert re.fullmatch(
            r'<svg class="formula( alone)? d\d+" role="img" width="[\d.]+em" height="[\d.]+em" viewBox="[\d. -]+" '
            r'fill="currentColor"><title>[^<]*</title><path d="[MLQCZhv\d. -]*"/></svg>',
            one,
        )
    assert "&lt;var&gt;0&lt;/var&gt;" in html


def test_a_formula_stands_in_a_table_a_list_and_a_quotation():
    html = render_markdown("| a |\n|---|\n| $x \\mid y$ |\n\n- $x$\n\n> $x$\n\n# $x$")
    assert html.count("<svg") == 4


def test_every_depth_that_can_be_drawn_has_its_class():
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    for steps in range(1, drawing.STEPS + 1):
        depth = f"{steps / 4:g}".removeprefix("0")
        assert f".formula.d{steps} {{ vertical-align: -{depth}em; }}" in css


def test_formulas_beyond_the_limit_are_shown_as_they_were_typed():
    text = " ".join(["$x$"] * (MOST + 1))
    assert render_markdown(text).count("<svg") == MOST
    assert faults_in(text) == [f"A text holds at most {MOST} formulas."]


def test_what_is_drawn_of_one_text_has_an_end():
    busy = r"$\frac{abcdefghijklmnopqr_{stuvwxyz}}{ABCDEFGHIJKLMNOPQRS_{TUVWXYZ}}$"
    page = render_markdown(" ".join(f"{n} {busy}" for n in range(MOST)))
    assert len(page) < 2 * MOST_DRAWN


def test_words_replace_formulas_and_nothing_else():
    assert in_words("*If* $x_1$ or `$x$`, $\\foo$: $5") == "*If* x sub 1 or `$x$`, $\\foo$: $5"


def test_a_placeholder_is_filled_around_formulas_and_not_in_them():
    text = r"{team}: $\mathrm{team} \frac{team}{2}$ of {team}"
    assert fill_placeholders(text, {"team": "Ranking"}) == r"Ranking: $\mathrm{team} \frac{team}{2}$ of Ranking"


def test_a_process_that_meets_no_formula_loads_no_engine():
    code = (
        "import django, sys; django.setup(); from foundation.richtext import render_markdown, in_words;"
        "render_markdown('It costs $5.'); in_words('$x$'); print('ziamath' in sys.modules, end=' ');"
        "render_markdown('$x$'); print('ziamath' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert said.stdout == "False True\n"
