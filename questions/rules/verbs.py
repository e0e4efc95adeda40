"""Whether an anchor names an act that can be heard or seen."""

import re

# What a candidate is heard or seen to do. A new verb joins when somebody can observe it.
OBSERVABLE = frozenset(
    """
    accepts acknowledges adapts adds addresses adjusts admits advises agrees aggregates allows alters analyses analyzes answers
    anticipates apologises apologizes applies argues arranges asks assigns assumes attributes automates backs balances bases
    begins benchmarks blames bounds breaks brings builds calculates calls categorises categorizes cautions challenges changes
    charts checks chooses cites claims clarifies classifies cleans closes codes collects combines comments compares completes
    computes concedes concludes confirms confuses connects considers contradicts contrasts converts corrects counts covers
    creates criticises criticizes debugs decides declares declines deduces defends defers defines delays delegates delivers
    demands deploys derives describes designs details detects determines develops diagnoses differentiates discards discusses
    dismisses distinguishes divides documents drafts draws drops edits elaborates eliminates ends enumerates equates escalates
    estimates evaluates evaluates examines excludes executes expands explains explores expresses extends extracts fills filters
    finds finishes fits fixes flags follows forgets formulates frames gathers generalises generalizes generates gives groups
    guesses handles highlights identifies ignores illustrates implements improves includes indicates infers informs initialises
    initializes insists inspects integrates interprets interrupts introduces invents investigates invites isolates iterates
    joins judges justifies keeps labels leads leaves limits lists loads locates logs lowers makes maps marks matches measures
    mends mentions merges minimises minimizes misreads misses misstates mistakes misuses mixes models modifies monitors moves
    multiplies names narrows negotiates notes notices objects observes offers omits opens opts orders organises organizes
    outlines overlooks parses partitions passes performs persists phrases picks pinpoints places plans plots points predicts
    prefers prepares presents prioritises prioritizes probes profiles projects promises proposes proves provides pushes puts
    quantifies queries questions quotes raises randomises randomizes ranks rates reads reasons recalls recites recognises
    recognizes recommends recomputes reconciles records recovers reduces refactors refers refines refits refuses rejects
    relates releases relies remarks removes renames reorders repairs repeats replaces replies reports reproduces requests
    requires resolves responds restates retries returns reuses reverses reviews revises rewrites rounds routes runs samples
    says scales schedules scopes scores searches seeks segments selects sends separates sets shares shifts shows simplifies
    simulates sketches skips solves sorts specifies splits spots starts states stops stores stratifies structures submits
    substitutes subtracts suggests summarises summarizes sums supplies supports swaps takes talks tells tests ties traces
    tracks trains transforms translates treats tries tunes turns updates uses validates varies verifies versions views visits
    visualises visualizes vows walks warns weighs withdraws works writes
    """.split()  # noqa: SIM905
)
# States of mind and marks out of ten: nobody hears them.
_UNSEEN = frozenset(
    """
    understands knows thinks feels realises realizes appreciates believes has is was seems appears lacks struggles does grasps
    cares wants likes loves enjoys possesses exhibits excels impresses fails gets masters inspires behaves remains sounds looks
    comes means needs meets exceeds contributes communicates performs shines deserves demonstrates displays knows this always
    various previous obvious serious less across its perhaps thus as yes skills ideas results basics errors details examples
    mistakes insights fundamentals concepts topics pros cons strengths weaknesses plus minus
    """.split()  # noqa: SIM905
)
_SHOWN = re.compile(
    r"\b(?:shows?|showed|showing|demonstrat\w+|display\w*|has|have|had|gives?|exhibits?|possesses|brings) (?:\w+[ ,]+(?:and )?){0,4}?"
    r"(?:understanding|knowledge|grasp|awareness|skills?|ability|abilities|familiarity|command|expertise|confidence|mastery|proficiency"
    r"|competenc[ey]|insight|intuition|maturity|depth|potential|interest|passion|leadership|thinking|communication|performance|attitude)\b"
)
_NOUN_BEFORE = frozenset(
    """
    good strong clear weak poor some few many several the great solid excellent correct wrong right vague no his her their these
    those all most any more other own its our your two three four five better best for of in on about with between at from into over
    """.split()  # noqa: SIM905
)
_ADJECTIVES = frozenset(
    """
    limited mixed detailed informed applied reasoned structured measured rounded balanced organised organized marked
    """.split()  # noqa: SIM905
)
_SUBJECTS = frozenset(
    "candidate they he she who and or then but by also not never without has have had is was are when after before i we to".split()  # noqa: SIM905
)
_OPENS_INFINITIVE = frozenset("to can could cannot not they i we would will did does didn't doesn't don't".split())  # noqa: SIM905
_NOUN_AFTER = frozenset("is was of lacks has with are were".split())  # noqa: SIM905


def _stem(word: str) -> str:
    for ending in ("ies", "ied", "ying"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    for ending in ("ing", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


_STEMS = frozenset(_stem(verb) for verb in OBSERVABLE)
# Past forms that no ending gives away.
_PAST = frozenset(
    """
    said told gave took made found wrote drew built chose kept left put set read ran led went began broke brought sent spoke
    showed thought forgot held met sought split stuck taught withdrew
    """.split()  # noqa: SIM905
)


def names_an_act(anchor: str) -> bool:
    """Whether `anchor` has a verb that can be heard or seen, in any form: names, named, by naming, can name."""
    said = _SHOWN.sub(" ", anchor.casefold().replace("’", "'"))
    for clause in re.split(r"[.;:,()\n–—]+", said):
        before = ""
        tokens = re.findall(r"[a-z][a-z'-]*", clause)
        for place, token in enumerate(tokens):
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            if _is_act(token, before, after):
                return True
            before = token
    return False


def _is_act(token: str, before: str, after: str) -> bool:
    opens = not before or before in _SUBJECTS or before.endswith("ly")
    if token in _UNSEEN or token in _ADJECTIVES:
        act = False
    elif token in OBSERVABLE:
        act = before not in _NOUN_BEFORE
    elif not before and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        act = True  # An anchor begins with what is done; a verb that nobody has listed yet is still one.
    elif token in _PAST or (token.endswith(("ed", "ing")) and _stem(token) in _STEMS):
        act = opens
    else:
        leads = before in _OPENS_INFINITIVE or (not before and bool(after) and after not in _NOUN_AFTER)
        act = leads and _stem(token) in _STEMS
    return act
