"""What a prompt and its probes may say: one open question, asked neutrally, about something that shows the work."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from foundation.richtext import lines_of
from questions.content import Content
from questions.findings import Finding
from questions.models import Kind
from questions.rules.phrases import PHRASES
from questions.rules.protected import asked_of_the_candidate, held_against_the_candidate
from questions.rules.verbs import OBSERVABLE
from questions.words import telling

MOST_WORDS = 60
MOST_SET_UP = 2
_ABOUT_CANDIDATES = ("look_for", "nice_to_have", "red_flags", "scoring_note")
_AUX = r"(?:do|does|did|have|has|had|is|are|am|was|were|can|could|will|would|should|may|might|must|shall)(?:n't)?"
_LEAD_IN = r"(?:(?:so|and|now|well|then|first|in your (?:view|opinion|experience)|given (?:this|that)|with this|here|to start with),? )*"
_YES_NO = re.compile(
    rf"^{_LEAD_IN}{_AUX} (?!you (?:please )?(?:tell|describe|explain|walk|take|talk|give|share|outline|show|name|list|sketch|draw|(?:write|design) (?:an?|the|down|me|out|one)|compare|summari[sz]e|define|say how|say what|say why|think of|recall|elaborate|help me understand)\b)[a-z]",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\b(?:and|or|but),? (?:if so,? )?(?:why|how|what|which|when|where|who|on what|by what|in what|for what)\b|\bor\b(?! not\b)",
    re.IGNORECASE,
)
_EVER = re.compile(rf"^{_LEAD_IN}(?:have|had|has|did|do) you (?:ever )\b", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:if|when|while|suppose|imagine|say|after|before|halfway|during|once|although|though|as soon as|but)\b((?:[^.?!])*)",
    re.IGNORECASE,
)
_TWO_CLAUSES = re.compile(
    r"\b(?:how|why|what|which|when|where|who)\b[^.?!]*?,? (?:and|or) (?:(?:also|then|if so,?|for what|on what|in what|by what) )?(?:how|why|what|when|where|who)\b",
    re.IGNORECASE,
)
_HOW_AND_WHY = re.compile(r"\b(?:how|why)\b[^.?!]*\b(?:and|or) (?:how|why)\b", re.IGNORECASE)
_BASE = "|".join(
    sorted(
        {
            "|".join(
                {
                    verb[:-1],
                    *([verb[:-2]] if verb.endswith("es") else []),
                    *([verb[:-3] + "y"] if verb.endswith("ies") else []),
                }
            )
            for verb in OBSERVABLE
        }
    )
)
_TWO_VERBS = re.compile(
    rf"\b(?:how|why|what|when)\b[^.?!]{{0,40}}?\b(?:do|does|did|would|should|could|can|will|to|have|must) (?:(?:you|we|one|they|it|a \w+|the \w+) )?(?:usually |normally |typically |first )?(?P<one>[a-z]+)(?P<between>[^.?!,;]{{0,60}}?) (?:and|or|and/or) (?:then |also )?(?P<other>{_BASE}|clean|train|tune|deploy|ship|serve|scale|secure|maintain|manage|motivate|support|share|learn|teach|fix|prevent|avoid|interpret|communicate|prioriti[sz]e|organi[sz]e)(?= (?:an?|the|it|them|this|that|these|those|your|its|their|any|each|every|such|new|with|for|on|to|from)\b| ?[?.,]|$)",
    re.IGNORECASE,
)
_PUZZLE_TAGS = {
    "brainteaser",
    "brain teaser",
    "brain-teaser",
    "trivia",
    "riddle",
    "puzzle",
    "brainteasers",
    "puzzles",
    "riddles",
}


def check(content: Content) -> Iterator[Finding]:
    """E5, E7, E9, W1, W2, W3 and W5."""
    yield from _protected(content)
    prompt = content.fields.get("prompt", "")
    if prompt:
        yield from _kind(content, prompt)
        yield from _length(prompt)
        yield from _two_questions(content, prompt)
        yield from _leading("prompt", prompt)
        if _asks_yes_or_no(prompt):
            yield Finding(
                "W3", "prompt", _("The prompt can be answered with yes or no. Begin with how, what, which or why.")
            )
        yield from _trivia(content, prompt)
    yield from _probes(content)


def sentences(text: str) -> list[str]:
    return [piece for piece in re.split(r"(?<=[.?!])[”\"’]?\s+(?=[A-Z“\"{])", text.strip()) if piece]


def _protected(content: Content) -> Iterator[Finding]:
    said = [("prompt", content.fields.get("prompt", "")), ("material", content.fields.get("material", ""))]
    said += [("probes", probe) for probe in content.probes]
    found = [(field, asked_of_the_candidate(text)) for field, text in said]
    written = [(field, content.fields.get(field, "")) for field in _ABOUT_CANDIDATES]
    written += [(f"anchor_{level}", text) for level, text in content.anchors.items()]
    found += [(field, held_against_the_candidate(text)) for field, text in written]
    for field, hit in found:
        if hit:
            sentence = _(
                "“%(words)s” asks or judges a candidate by %(topic)s, which has no place in an interview. Ask about the work; if it means something else, publish it with a reason."
            )
            yield Finding("E5", field, sentence % {"words": hit[1], "topic": hit[0]})


def _kind(content: Content, prompt: str) -> Iterator[Finding]:
    kind = content.fields.get("kind")
    if kind == Kind.BEHAVIOURAL and not _asks_for_an_occasion(prompt):
        yield Finding(
            "E9",
            "prompt",
            _("A behavioural prompt asks for one occasion. Begin with “Tell me about a time when you …”."),
        )
    if kind == Kind.SITUATIONAL and not content.fields.get("material") and not _states_a_dilemma(prompt):
        yield Finding(
            "E9",
            "prompt",
            _(
                "A situational prompt states its dilemma before it asks. Say in a sentence or two what is the case and what pulls in two directions."
            ),
        )


def _asks_for_an_occasion(prompt: str) -> bool:
    if not PHRASES["occasion"].search(prompt):
        return False
    return not PHRASES["in_general"].search(prompt) or bool(PHRASES["on_an_occasion"].search(prompt))


def _states_a_dilemma(prompt: str) -> bool:
    said = [one for one in sentences(prompt) if not PHRASES["place_only"].match(one)]
    set_up = sum(len(one.split()) for one in said[:-1])
    clauses = (len(found[1].split()) for one in said for found in _IF.finditer(one))
    return set_up >= 6 or max(clauses, default=0) >= 8 or sum(len(one.split()) for one in said) >= 25


def _length(prompt: str) -> Iterator[Finding]:
    if len(prompt.split()) > MOST_WORDS:
        yield Finding(
            "W1",
            "prompt",
            _(
                "The prompt has over sixty words; nobody can hold it while listening. Move what is given into the candidate material."
            ),
        )
    asks = max(prompt.count("?"), 1)
    if len(sentences(prompt)) - asks > MOST_SET_UP * asks:
        yield Finding(
            "W1",
            "prompt",
            _(
                "The prompt has over two sentences before what is asked. Move what is given into the candidate material."
            ),
        )


def _two_questions(content: Content, prompt: str) -> Iterator[Finding]:
    said = _unquoted(prompt)
    # Parts of one task on one case that is shown are answered together; so are the parts of one story.
    is_one_case = bool(content.fields.get("material")) or content.fields.get("kind") == Kind.BEHAVIOURAL
    found = _HOW_AND_WHY.search(said) or (None if is_one_case else _TWO_CLAUSES.search(said) or _TWO_VERBS.search(said))
    if said.count("?") > 1:
        yield Finding(
            "W2", "prompt", _("The prompt asks more than one question. Keep one, and make the others probes.")
        )
    elif found:
        sentence = _("The prompt asks two things at once: “%(words)s”. Keep one, and make the other a probe.")
        yield Finding("W2", "prompt", sentence % {"words": found[0]})


def _leading(field: str, text: str) -> Iterator[Finding]:
    if found := PHRASES["leading"].search(_unquoted(text)):
        sentence = _("“%(words)s” leads the candidate to an answer. Ask so that every answer is as welcome.")
        yield Finding("W3", field, sentence % {"words": found[0].strip(" .,?")})


def _asks_yes_or_no(prompt: str) -> bool:
    asked = [one for one in sentences(_unquoted(prompt)) if one.endswith("?")]
    return any(_EVER.match(one) or (_YES_NO.match(one) and not _OPENED.search(one)) for one in asked)


def _trivia(content: Content, prompt: str) -> Iterator[Finding]:
    tags = {tag.strip().casefold() for tag in content.fields.get("tags", "").split(",")}
    if tags & _PUZZLE_TAGS or PHRASES["puzzles"].search(prompt):
        yield Finding(
            "W5",
            "prompt",
            _(
                "This is a puzzle or a stock question, which says little of the work. Ask for a piece of the work itself."
            ),
        )
    facts = lines_of(content.fields.get("must_have", ""))
    has_one_fact = len(facts) == 1 and len(facts[0].split()) <= 3
    is_fact = (PHRASES["one_fact"].match(prompt) and not content.fields.get("material")) or has_one_fact
    if content.fields.get("kind") not in {Kind.KNOWLEDGE, "", None} and is_fact:
        yield Finding(
            "W5",
            "prompt",
            _("A single fact answers this. Make its type knowledge, or ask what one does with the fact."),
        )


def _probes(content: Content) -> Iterator[Finding]:
    if not content.probes:
        yield Finding("E7", "probes", _("Write at least one probe."))
    best = {_stem(word) for word in telling(content.anchors.get(5, ""))}
    for probe in content.probes:
        shared = {_stem(word) for word in telling(probe)} & best
        if best and len(shared) * 2 > len(best):
            sentence = _(
                "The probe “%(probe)s” holds over half of anchor 5, so it gives the answer away. Ask more openly."
            )
            yield Finding("E7", "probes", sentence % {"probe": probe})
        yield from _leading("probes", probe)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _unquoted(text: str) -> str:
    """`text` without what somebody in it is quoted as saying."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"", "…", text)
