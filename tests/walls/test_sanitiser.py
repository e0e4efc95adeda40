"""Rubric text, case by case: the exact HTML that comes out."""

import re

import pytest

from foundation.richtext import render_line, render_markdown
from tests.test_house import tracked
from tests.walls.payloads import XSS
from tests.walls.reading import Page

A = '<a rel="noopener noreferrer">zq</a>'
BODY = '\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="n">5%</td>\n</tr>\n</tbody>\n</table>\n'
TWO_CELLS = "</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n<td>c</td>\n</tr>\n</tbody>\n</table>\n"
CASES = {
    "an element": ("<b>zq</b>", "<p>&lt;b&gt;zq&lt;/b&gt;</p>\n"),
    "a script": ("<script>zq()</script>", "<p>&lt;script&gt;zq()&lt;/script&gt;</p>\n"),
    "a script inside a word": ("a<scr<script>ipt>zq()", "<p>a&lt;scr&lt;script&gt;ipt&gt;zq()</p>\n"),
    "entities": ("&lt;b&gt; &#60;b&#62;", "<p>&lt;b&gt; &lt;b&gt;</p>\n"),
    "a comment": ("<!-- zq -->", "<p>&lt;!-- zq --&gt;</p>\n"),
    "a link": (
        "[zq](https://ok.example/a?b=1&c=2)",
        '<p><a href="https://ok.example/a?b=1&amp;c=2" rel="noopener noreferrer">zq</a></p>\n',
    ),
    "a letter": (
        "[zq](mailto:a@ok.example)",
        '<p><a href="mailto:a@ok.example" rel="noopener noreferrer">zq</a></p>\n',
    ),
    "plain http": ("[zq](http://ok.example)", f"<p>{A}</p>\n"),
    "a script's link": ("[zq](javascript:zq())", "<p>[zq](javascript:zq())</p>\n"),
    "the same, encoded": ("[zq](&#106;avascript:zq())", "<p>[zq](javascript:zq())</p>\n"),
    "a link to data": ("[zq](data:text/html,zq)", "<p>[zq](data:text/html,zq)</p>\n"),
    "a link within the house": ("[zq](/people/1/)", f"<p>{A}</p>\n"),
    "a link without a scheme": ("[zq](//evil.example)", f"<p>{A}</p>\n"),
    "a link with a title": (
        "[zq](https://ok.example 'onmouseover=zq()')",
        '<p><a href="https://ok.example" rel="noopener noreferrer">zq</a></p>\n',
    ),
    "a quote in a link": (
        '[zq](https://ok.example/"onmouseover="zq)',
        '<p><a href="https://ok.example/%22onmouseover=%22zq" rel="noopener noreferrer">zq</a></p>\n',
    ),
    "a picture": (
        "![zq](https://evil.example/zq.png)",
        '<p>!<a href="https://evil.example/zq.png" rel="noopener noreferrer">zq</a></p>\n',
    ),
    "code with a language": (
        '```zq" onmouseover="zq()\n<b>\n```',
        "<pre><code>&lt;b&gt;\n</code></pre>\n",
    ),
    "code in a line": ("`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
    "a table": (
        "| <b> |\n|---|\n| 5% |",
        f'<table>\n<thead>\n<tr>\n<th scope="col" class="n">&lt;b&gt;</th>{BODY}',
    ),
    "a table with an empty corner": (
        "| | a |\n|---|---|\n| b | c |",
        f'<table>\n<thead>\n<tr>\n<td></td>\n<th scope="col">a</th>\n{TWO_CELLS}',
    ),
    "headings": ("# zq\n\n###### zq", "<h3>zq</h3>\n<h6>zq</h6>\n"),
    "a list from seven": ("7. zq", '<ol start="7">\n<li>zq</li>\n</ol>\n'),
    "strikes and rules": ("~~zq~~\n\n***", "<p><s>zq</s></p>\n<hr>\n"),
    "curly words": ("{{ zq }} {% zq %}", "<p>{{ zq }} {% zq %}</p>\n"),
}


@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_rubric_text_becomes_exactly_this(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize("text", XSS)
def test_no_payload_becomes_more_than_rubric_text_may(text):
    formulas = f"${text}$", rf"$\text{{{text}}}$"
    for html in map(render_markdown, (text, *formulas)):
        assert Page(f"<div hx-disable>{html}</div>").wrong == [], text
    for html in map(render_line, (text, *formulas)):
        assert Page(f"<div hx-disable>{html}</div>").wrong == [], text


def test_wherever_rubric_text_is_shown_htmx_looks_for_nothing():
    """Should an attribute of htmx ever come through, it would stand inside an element that htmx passes by."""
    shown = [
        line
        for path in tracked(r"^templates/.*\.html$")
        for line in re.findall(r".{0,60}\{\{ [^}]*\|rich.*?\}\}", path.read_text())
    ]
    assert len(shown) > 25
    assert [line for line in shown if not re.search(r" hx-disable>\{\{ [^}]*\}\}$", line)] == []
