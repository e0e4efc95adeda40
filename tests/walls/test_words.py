"""The batteries hold as many strings as they say, and a walk from every start leaves out none of them anywhere."""

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.walls.payloads import XSS
from tests.walls.strings import BLANK, KEPT, NEVER, NOT_IN_ONE_LINE
from tests.walls.test_redirects import ELSEWHERE
from tests.walls.test_sanitiser import CASES
from tests.walls.words import LONGEST, MANY_LINES, ONE_LINE, SHORTEST, STARTS, Hostile, as_email, side_by_side

FIELDS = some.lists(some.integers(SHORTEST, LONGEST) | some.none() | some.just("email"), max_size=12)


def test_no_battery_is_thinned_out():
    assert len(set(XSS)) >= 120
    assert len({*KEPT.values(), *NEVER.values(), *NOT_IN_ONE_LINE.values(), *BLANK.values()}) >= 60
    assert len(set(ELSEWHERE.values())) >= 25
    assert len({text for text, _html in CASES.values()}) >= 20


def test_a_payload_is_of_one_line_or_of_many():
    assert [text for text in XSS if text.strip() not in ONE_LINE and text not in MANY_LINES] == []


def test_texts_side_by_side_hold_every_payload_that_fits_and_are_no_more_than_there_are_walks():
    for longest in range(SHORTEST, LONGEST + 1):
        texts = side_by_side(longest)
        assert len(texts) <= STARTS
        assert max(map(len, texts)) <= longest
        assert [text for text in ONE_LINE if len(text) <= longest and not any(text in each for each in texts)] == []


@settings(max_examples=30, deadline=None)
@given(FIELDS)
def test_over_all_starts_each_field_meets_every_payload_that_fits_it(fields):
    met = [set() for _field in fields]
    for start in range(STARTS):
        words = Hostile(start)
        for field, texts in zip(fields, met, strict=True):
            is_email = field == "email"
            texts.add(words.of(254 if is_email else field, email=is_email))
    for field, texts in zip(fields, met, strict=True):
        together = "\n".join(texts)
        if field == "email":
            whole = {as_email(text, "").rpartition('"')[0].strip('"') for text in ONE_LINE} - {""}
        else:
            whole = {text for text in ONE_LINE if len(text) <= (field or LONGEST)}
        assert [text for text in whole if text not in together] == []
