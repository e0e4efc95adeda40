"""Rubric text: markdown in, allowed tags out, on screen and paper alike."""

import pytest

from foundation.richtext import fill_placeholders, lines_of, render_line, render_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![a picture](http://127.0.0.1/x.png)",
    "[click](javascript:alert(1))",
    "[file](file:///etc/passwd)",
    "[data](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href=x hx-post=/people/ hx-trigger=load>x</a>",
    "<style>*{display:none}</style>",
    "<svg onload=alert(1)>",
    '<div style="position:fixed">',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_becomes_an_element_or_a_fetch(text):
    for html in (render_markdown(text), render_line(text)):
        assert not any(
            sign in html for sign in ("<script", "<img", "<style", "<svg", "<div", "<a hx", 'javascript:"', "<iframe")
        )
        assert 'href="file:' not in html
        assert 'href="javascript:' not in html
        assert 'href="data:' not in html


def test_a_table_has_headers_with_scope_and_columns_of_figures_stand_right():
    html = render_markdown("| Model | Recall | Note |\n|---|---|---|\n| P | 25% | 3 is odd |\n| Q | 80% | – |")
    assert html.count('scope="col"') == 3
    assert '<th scope="col" class="n">Recall</th>' in html
    assert '<td class="n">25%</td>' in html
    assert "<td>3 is odd</td>" in html


def test_a_heading_in_a_rubric_stands_below_the_pages_own():
    assert "<h1" not in render_markdown("# Large") + render_markdown("## Less")


def test_a_comment_in_code_is_no_heading_and_stays_as_typed():
    assert "<code># Python 3.11\n" in render_markdown("```python\n# Python 3.11\nprint(1)\n```")


def test_a_line_keeps_its_code_and_takes_no_paragraph():
    assert render_line("Uses `received_at` **twice**") == "Uses <code>received_at</code> <strong>twice</strong>"


@pytest.mark.parametrize(
    "nest",
    [lambda n: "> " * n + "the end", lambda n: "- " * n + "the end", lambda n: "*a " * n + "the end" + " a*" * n],
)
def test_deep_nesting_loses_no_word(nest):
    assert render_markdown(nest(15)).count("<") > 30
    for deep in (50, 300, 4000):
        html = render_markdown(nest(deep))
        assert "the end" in html
        assert html.count("<") == 2
        assert "the end" in render_line(nest(deep))


def test_placeholders_are_filled_and_other_braces_stay():
    assert fill_placeholders("{product} has {x} in {{json}}", {"product": "The shop"}) == "The shop has {x} in {{json}}"


def test_lines_are_the_ones_with_something_on_them():
    assert lines_of(" a \n\n b\n") == ["a", "b"]
