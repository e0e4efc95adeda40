"""Articles in many forms, each with the list that a careful reader would write down from it."""

import json
from pathlib import Path

import pytest

from questions.intake.found import Form
from questions.intake.reading import read

FOLDER = Path(__file__).with_name("articles")
ARTICLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_gives_its_questions_with_their_guidance_and_nothing_else(path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    haul = read(path.read_bytes(), path.name)
    assert haul.form is Form.ARTICLE
    assert [found.prompt for found in haul.found] == [question["prompt"] for question in expected["questions"]]
    for found, question in zip(haul.found, expected["questions"], strict=True):
        assert [words for words in question.get("says", []) if words not in found.guidance] == []
        assert [words for words in question.get("lacks", []) if words in found.guidance] == []
        if question.get("says") == []:
            assert found.guidance == ""
        assert found.number == question.get("number", found.number)
        assert found.heading == question.get("heading", found.heading)
    told = "\n".join(f"{left.text} {left.why}" for left in haul.left_out)
    assert [words for words in expected.get("left_out", []) if words not in told] == []
