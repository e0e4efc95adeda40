"""The rubric rules that a program can check, one function each: the records that break it, with what is wrong.

Numbered as the rules are in the standard for rubrics: an E keeps a question out of the bank, a W asks for a second look.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from questions.content import Content

# What can be heard or seen: each anchor has at least one. A new verb joins when somebody can observe it.
OBSERVABLE = frozenset(
    """
    accepts adds admits advises agrees allows answers applies argues asks assigns assumes attributes blames
    breaks builds calls chooses cites claims classifies combines compares completes computes concludes confirms
    confuses connects contrasts converts corrects counts declares declines defers defines delays demands derives
    describes designs detects determines dismisses distinguishes divides drafts draws drops equates estimates
    excludes explains expresses fills finds fixes follows gives groups guesses handles identifies ignores
    includes infers insists interprets invents invites joins judges justifies keeps labels limits lists locates
    lowers maps marks matches measures mends mentions merges misreads mistakes mixes moves multiplies names
    notes notices offers omits opens orders passes picks places plans plots points predicts prefers presents
    proposes proves puts quantifies quotes ranks rates reads recalls recites recognises recommends recomputes
    records refers refits refuses rejects relates releases remarks removes repairs repeats replaces replies
    reports requires restates returns reverses reviews revises rounds says schedules scores searches selects
    sends separates sets shows simulates sketches skips solves sorts specifies splits starts states stores
    substitutes subtracts suggests sums supports swaps talks tells tests traces trains translates treats tries
    turns updates uses verifies walks weighs writes
    """.split()  # noqa: SIM905
)
TRAITS = re.compile(
    r"\b(smart|brilliant|clever|intelligent|passionate|enthusias\w+|likeable|impressive|articulate|confident(ly)? (manner|speaker)"
    r"|culture fit|good fit|team player|natural leader|great attitude|strong candidate|good communicator)\b",
    re.IGNORECASE,
)
# Words that only say how much: two anchors that differ in nothing else do not tell two answers apart.
INTENSITY = frozenset(
    """
    very somewhat quite rather fairly really highly extremely slightly mostly mainly partly fully completely
    thoroughly clearly deeply well better best good excellent strong stronger weak weaker poor more most less
    least some much little basic detailed deep deeper great greater solid limited adequate a an the in with and
    of
    """.split()  # noqa: SIM905
)
# What many prompts may begin with; a run of shared words ends here.
STOCK_STEMS = (
    "tell me about a time when you",
    "take me from the task through how you",
    "what would you do first and what would you need to know",
)
LONGEST_SHARED_RUN = 11
TECHNICAL = {"knowledge", "scenario", "coding", "system-design", "work-sample"}
_SMALL = frozenset(
    """
    a about above after all an and any are as at be because been before being below between both but by can
    could did do does each either every few for from had has have how if in into is it its may might more most
    much must neither no nor not of off on one only onto or other our out over own per same she should since so
    some such than that the their them then there these they this those through to too two under until up upon
    very was were what when where whether which while who whose why will with within without would yet you your
    """.split()  # noqa: SIM905
)

_OCCASION = re.compile(
    r"\b(a time|(an?|one) (time|occasion|incident|project|case|piece of work)|the (last|most recent) \w+"
    r"|when you (last|most recently))\b",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """The words and figures of `text`, in lower case, without punctuation."""
    return [word for raw in text.casefold().split() if (word := raw.strip(".,;:!?()[]“”‘’\"'`*|–—-"))]


def telling(text: str) -> set[str]:
    """Its words without those that carry no content."""
    return {word for word in words(text) if word not in _SMALL and len(word) > 2}


def e3_observable(content: Content) -> Iterator[str]:
    for level, anchor in content.anchors.items():
        if not set(re.findall(r"[a-z]+", anchor.casefold())) & OBSERVABLE:
            yield f"anchor {level} names nothing that can be heard or seen: {anchor}"


def e4_trait(content: Content) -> Iterator[str]:
    for level, anchor in content.anchors.items():
        if found := TRAITS.search(anchor):
            yield f"anchor {level} judges the person: “{found[0]}”"


def e7_given_away(content: Content) -> Iterator[str]:
    best = telling(content.anchors.get(5, ""))
    for probe in content.probes:
        if best and len(telling(probe) & best) * 2 > len(best):
            yield f"a probe holds over half of anchor 5: {probe}"


def e8_without_key(content: Content) -> Iterator[str]:
    if content.fields["kind"] in TECHNICAL and not content.fields["must_have"]:
        yield "there are no facts to check the answer against"


def e9_stem(content: Content) -> Iterator[str]:
    prompt = content.fields["prompt"]
    if content.fields["kind"] == "behavioural" and not _OCCASION.search(prompt):
        yield "a past-behaviour prompt asks for one occasion"
    if content.fields["kind"] == "situational" and len(_sentences(prompt)) < 2 and not content.fields["material"]:
        yield "a situational prompt states its dilemma before it asks"


def w1_long(content: Content) -> Iterator[str]:
    prompt = content.fields["prompt"]
    if len(prompt.split()) > 60:
        yield "the prompt has over sixty words"
    if len(_sentences(prompt)) > 3:
        yield "the prompt has over two sentences before what is asked"


def w2_two_questions(content: Content) -> Iterator[str]:
    prompt = content.fields["prompt"]
    if prompt.count("?") > 1:
        yield "the prompt has two question marks"
    if found := re.search(r"\b(how|why)\b[^.?]*\b(and|or) (how|why)\b", prompt, re.IGNORECASE):
        yield f"the prompt asks two things: {found[0]}"


def w3_leading(content: Content) -> Iterator[str]:
    for text in (content.fields["prompt"], *content.probes):
        if found := re.search(r"\b(don't you|wouldn't you|isn't it|surely|obviously|of course)\b", text, re.IGNORECASE):
            yield f"“{found[0]}” leads: {text}"
    if found := re.match(
        r"(do|does|did|have|has|is|are|can|could|will|would) ", _sentences(content.fields["prompt"])[-1].casefold()
    ):
        yield f"the prompt can be answered with yes or no: {found[0]}…"


def w4_only_intensity(content: Content) -> Iterator[str]:
    plain = {
        level: [word for word in words(anchor) if word not in INTENSITY] for level, anchor in content.anchors.items()
    }
    for low, high in pairwise(sorted(plain)):
        if plain[low] == plain[high]:
            yield f"anchors {low} and {high} differ only in how much"


def w6_lengths(content: Content) -> Iterator[str]:
    if missing := {1, 2, 3, 4, 5} - content.anchors.keys():
        yield f"no anchor at {sorted(missing)}"
    elif len(content.anchors[5]) > 3 * len(content.anchors[1]):
        yield f"anchor 5 has {len(content.anchors[5])} characters, anchor 1 {len(content.anchors[1])}"


def w7_minutes(content: Content) -> Iterator[str]:
    if not 3 <= content.fields["minutes"] <= 20:
        yield f"{content.fields['minutes']} minutes are not between 3 and 20"


RULES = (
    e3_observable, e4_trait, e7_given_away, e8_without_key, e9_stem,
    w1_long, w2_two_questions, w3_leading, w4_only_intensity, w6_lengths, w7_minutes,
)  # fmt: skip


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of twelve words in `text`; stock stems break it."""
    said = " ".join(words(text))
    for stem in STOCK_STEMS:
        said = said.replace(stem, " | ")
    found = set()
    for piece in said.split("|"):
        row = piece.split()
        found |= {tuple(row[n : n + LONGEST_SHARED_RUN + 1]) for n in range(len(row) - LONGEST_SHARED_RUN)}
    return found


def shared_runs(texts: Iterable[tuple[str, str]]) -> list[str]:
    """What two owners of `(owner, text)` say alike for twelve words or more."""
    seen: dict[tuple[str, ...], str] = {}
    return [
        f"{owner} and {seen[run]}: {' '.join(run)}"
        for owner, text in texts
        for run in sorted(runs(text))
        if seen.setdefault(run, owner) != owner
    ]


def _sentences(text: str) -> list[str]:
    return [piece for piece in re.split(r"(?<=[.?!])\s+(?=[A-Z“\"{])", text.strip()) if piece]
