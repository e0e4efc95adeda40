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
from questions.words import stem, telling

MOST_WORDS = 60
MOST_SET_UP = 2
_ABOUT_CANDIDATES = ("look_for", "nice_to_have", "red_flags", "scoring_note")
_AUX = r"(?:do|does|did|have|has|had|is|are|am|was|were|can|could|will|would|should|may|might|must|shall)(?:n't)?"
_LEAD_IN = r"(?:(?:so|and|now|well|then|first|in your (?:view|opinion|experience)|given (?:this|that)|with this|here|to start with),? )*"
_YES_NO = re.compile(
    rf"^{_LEAD_IN}{_AUX} (?!you (?:please )?(?:tell|describe|explain|walk|take (?:me|us)|talk|give|share|outline|show|name|list|sketch|draw|(?:write|design) (?:an?|the|down|me|out|one)|compare|summari[sz]e|define|say how|say what|say why|think of|recall|elaborate|help me understand)\b|you (?:please )?(?:mind|be able to) (?:tell|describ|explain|walk|tak|talk|giv|shar|outlin|show|sketch|draw|list|read|compar)(?:e|ing)?\b)[a-z]",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\b(?:and|or|but),? (?:if so,? )?(?:why|how|what|which|when|where|who|on what|by what|in what|for what)\b|\bor\b(?! not\b)|\band (?:then )?(?:tell|say|show|explain|describe|walk|talk|take|give)\b",
    re.IGNORECASE,
)
# What comes before the question in one sentence with it: given this table, is …
_GIVEN = re.compile(
    rf"^(?:given|if|when|whenever|for|in|with|without|before|after|at|on|once|while|during|under|assuming|as)\b[^,?]*, (?={_AUX} )",
    re.IGNORECASE,
)
_UNMARKED = re.compile(r"^(?:is|are|was|were|does|did|has|should|could|would|will) (?:\w+ )+\w+$", re.IGNORECASE)
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
_OTHER_VERBS = (
    "clean|train|tune|deploy|ship|serve|scale|secure|maintain|manage|motivate|support|share|learn|teach|fix|prevent|avoid|interpret"
    "|communicate|prioriti[sz]e|organi[sz]e|retrain|analy[sz]e|treat|price|alert|cut"
)
# No nouns: what follows them without an article is their object.
_ONLY_VERBS = (
    "improve|reduce|raise|increase|decrease|prevent|avoid|ensure|explain|describe|identify|choose|decide|build|keep|maintain|retain"
    "|detect|evaluate|validate|analy[sz]e|compute|collect|deploy|handle|interpret|calculate|prioriti[sz]e|communicate|write|teach|serve"
    "|secure|motivate|convince|persuade|define|remove|add|create|develop|implement|apply|select|assess|determine|verify|introduce"
    "|restore|recruit|hire|treat|grow|sell|win|cut|measure|lower"
)
_TWO_VERBS = re.compile(
    r"\b(?:how|why|what|when)\b[^.?!]{0,40}?\b(?:do|does|did|would|should|could|can|will|(?<!when )(?<!how )(?<!whether )to|have|must) "
    r"(?:(?:you|we|one|they|it|a \w+|the \w+) )?(?:usually |normally |typically |first )?(?P<one>[a-z]+)"
    r"(?P<between>(?:(?! (?:between|when|whether|how|where|which)\b)[^.?!;]){0,60}?),? (?:and|or|and/or) (?:then |also )?"
    rf"(?:(?P<other>{_BASE}|{_OTHER_VERBS})(?= (?:an?|the|it|them|this|that|these|those|your|its|their|any|each|every|such|new|with|for|on|to"
    r"|from|in|into)\b| ?[?.,]|$)"
    rf"|(?:{_ONLY_VERBS}) [a-z]+)",
    re.IGNORECASE,
)
_TWO_TASKS = re.compile(
    r"(?:^|[.?!] )(?:please )?(?:explain|describe|define|tell|outline|discuss|name|list|give|show|compare|say|summari[sz]e)\b[^.?!]*? and (?:then |also )?"
    r"(?:explain|describe|define|tell|outline|discuss|name|list|give) "
    r"(?:an?|the|me|us|it|them|how|when|why|what|which|where|two|three|some|one|your|its)\b",
    re.IGNORECASE,
)
# Abbreviations: those before a name, those before a number, and those after which a sentence may still end.
_TITLES = frozenset("mr mrs ms dr prof st vs e.g i.e cf approx fig".split())  # noqa: SIM905
_COUNTS = frozenset("no v p pp".split())  # noqa: SIM905
_SHORT_FORMS = frozenset("a.m p.m u.s u.k etc inc ltd co jr sr".split())  # noqa: SIM905
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
    """The sentences of `text`, in whatever case they begin; the point of an abbreviation ends none."""
    pieces: list[list[str]] = [[]]
    tokens = text.split()
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        pieces[-1].append(token)
        if _ends_a_sentence(token, following):
            pieces.append([])
    return [" ".join(piece) for piece in pieces if piece]


def _ends_a_sentence(token: str, following: str) -> bool:
    bare = token.rstrip("”\"’')]*_")
    word = bare[:-1].strip("(“\"'").casefold()
    if not bare.endswith((".", "?", "!")) or word in _TITLES or (word in _COUNTS and following[:1].isdigit()):
        return False
    return following[:1].isupper() or not (word in _SHORT_FORMS or bare.endswith(".."))


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
    if len(sentences(_unquoted(prompt))) - asks > MOST_SET_UP * asks:
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
    found = _HOW_AND_WHY.search(said) or (None if is_one_case else _two_in_one(said))
    if said.count("?") > 1:
        yield Finding(
            "W2", "prompt", _("The prompt asks more than one question. Keep one, and make the others probes.")
        )
    elif found:
        sentence = _("The prompt asks two things at once: “%(words)s”. Keep one, and make the other a probe.")
        yield Finding("W2", "prompt", sentence % {"words": found[0]})


def _two_in_one(said: str) -> re.Match[str] | None:
    single = PHRASES["one_thing"].sub("it", said)
    return _TWO_CLAUSES.search(single) or _TWO_VERBS.search(single) or _TWO_TASKS.search(single)


def _leading(field: str, text: str) -> Iterator[Finding]:
    if found := PHRASES["leading"].search(PHRASES["reported"].sub("…", _unquoted(text))):
        sentence = _("“%(words)s” leads the candidate to an answer. Ask so that every answer is as welcome.")
        yield Finding("W3", field, sentence % {"words": found[0].strip(" .,?")})


def _asks_yes_or_no(prompt: str) -> bool:
    asked = [_GIVEN.sub("", one) for one in sentences(_unquoted(prompt)) if one.endswith("?") or _UNMARKED.match(one)]
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
    best = {stem(word) for word in telling(_without_verbs(content.anchors.get(5, "")))}
    for probe in content.probes:
        shared = {stem(word) for word in telling(probe)} & best
        if len(shared) > 1 and len(shared) * 2 > len(best):
            sentence = _(
                "The probe “%(probe)s” holds over half of anchor 5, so it gives the answer away. Ask more openly."
            )
            yield Finding("E7", "probes", sentence % {"probe": probe})
        yield from _leading("probes", probe)


def _without_verbs(anchor: str) -> str:
    """`anchor` without the verbs that open its clauses: that something is named gives nothing away, what is named does."""
    clauses = re.split(r"([,;:.]|\band\b|\bor\b|\bthen\b)", anchor.casefold())
    return " ".join(
        clause.strip().partition(" ")[2] if clause.split()[:1] and clause.split()[0] in OBSERVABLE else clause
        for clause in clauses
    )


def _unquoted(text: str) -> str:
    """`text` without what somebody in it is quoted as saying."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"", "…", text)
