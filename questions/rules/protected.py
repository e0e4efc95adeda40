"""What no interviewer may ask of a candidate: phrases by topic, aimed at the person asked.

The words of these topics are everyday words of the trade as well (parent class, race condition, the age of a cached value).
So a word alone never counts: it must be the candidate's own ("your age"), what the candidate is ("are you married"), has or
wants ("do you have children"), or does ("which church do you attend").
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.rules.phrases import one_of, read

_TOPICS: Mapping[str, Promise] = {
    "age": _("age"),
    "family": _("marriage, children and family"),
    "pregnancy": _("pregnancy"),
    "religion": _("religion"),
    "origin": _("nationality, origin and language"),
    "health": _("health and disability"),
    "gender": _("gender and sexual orientation"),
    "politics": _("politics"),
    "unions": _("trade unions"),
    "military": _("military service"),
    "pay": _("present or earlier pay"),
    "money": _("money and home"),
    "convictions": _("arrests and convictions"),
}
_SAID = read("protected.toml")
_STANDS_FOR = {name: one_of(lines) for name, lines in _SAID["stands_for"].items()}
_NOT_TRADE = rf"(?![-\w])(?!(?:'s)? {one_of(_SAID['trade']['after'])}s?\b)"
_ARE = rf"{_STANDS_FOR['are']}(?: {_STANDS_FOR['are_then']}){{0,4}} "
_HAVE = rf"\b{_STANDS_FOR['have']}(?: {_STANDS_FOR['have_then']}){{0,7}} "
_CANDIDATES = r"\b(?:candidate|applicant|interviewee)'s (?:own |current )?"


def _aimed(lines: str) -> str:
    return re.sub(r"<(\w+)>", lambda found: _STANDS_FOR[found[1]], one_of(lines))


def _asked(topic: Mapping[str, str], said: list[str]) -> re.Pattern[str]:
    parts = [
        rf"{_STANDS_FOR['yours']}{_aimed(topic['own'])}{_NOT_TRADE}",
        rf"{_ARE}{_aimed(topic['is'])}\b{_NOT_TRADE}",
    ]
    if "has" in topic:
        parts.append(rf"{_HAVE}{_aimed(topic['has'])}\b{_NOT_TRADE}")
    return re.compile("|".join([*parts, *said]))


def _without_you(said: list[str]) -> re.Pattern[str] | None:
    alone = [one for one in said if "you" not in one]
    return re.compile("|".join(alone)) if alone else None


_SAYINGS = {name: [_aimed(one) for one in _SAID["topics"][name].get("said", "").split("\n") if one] for name in _TOPICS}
_ASKED = {name: _asked(_SAID["topics"][name], _SAYINGS[name]) for name in _TOPICS}
# Few sentences say "you", and only these need the whole pattern: reading a long table must not be slow.
_ASKED_WITHOUT_YOU = {name: pattern for name in _TOPICS if (pattern := _without_you(_SAYINGS[name]))}
_OWN = {name: re.compile(rf"{_CANDIDATES}{_aimed(_SAID['topics'][name]['own'])}{_NOT_TRADE}") for name in _TOPICS}
_WHO = re.compile(one_of(_SAID["rubric"]["who"]))
_HELD_OF_THEM = re.compile(_aimed(_SAID["rubric"]["held_of_them"]))
_HELD = re.compile(_aimed(_SAID["rubric"]["held"]))
# "Any kids?", "Married or single?"
_FRAGMENT = re.compile(rf"^(?:and |so |any |got any |got )*{one_of(_SAID['rubric']['fragments'])}(?: or \w+)? ?\?$")


def asked_of_the_candidate(text: str) -> tuple[str | Promise, str] | None:
    """The topic on which `text`, said to a candidate, asks about themselves, and the phrase; None where it does not."""
    for sentence in re.split(r"(?<=[.?!]) ", _plain(text)):
        patterns = _ASKED if "you" in sentence else _ASKED_WITHOUT_YOU
        for topic, pattern in patterns.items():
            if found := pattern.search(sentence):
                return _TOPICS[topic], found[0].strip(" ,.;?!")
        if found := _FRAGMENT.match(sentence):
            return _("personal matters"), found[0].strip(" ?")
    return None


def held_against_the_candidate(text: str) -> tuple[str | Promise, str] | None:
    """The same for what is written about a candidate, in a rubric or a note to the interviewer."""
    for said in map(_plain, text.splitlines()):
        if "'s " in said:
            for topic, pattern in _OWN.items():
                if found := pattern.search(said):
                    return _TOPICS[topic], found[0]
        of_them = (_HELD_OF_THEM.match(said, who.end()) for who in _WHO.finditer(said))
        if found := _HELD.search(said) or next(filter(None, of_them), None):
            return _("personal matters"), found[0].strip(" .;,:")
    return None


def _plain(text: str) -> str:
    """Lower case, one space between words, plain apostrophes, without marks of markdown and points in U.S. and U.K."""
    said = re.sub(r"[*_`]", "", text.casefold().replace("’", "'"))
    said = re.sub(r"\b([a-z])\.([a-z])\.(?=\W|$)", r"\1\2", said)
    return " ".join(said.split())
