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
    estimates evaluates examines excludes executes expands explains explores expresses extends extracts fills filters
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
# States of mind and marks out of ten, in any form that no ending gives away: nobody hears them.
_UNSEEN = frozenset(
    """
    understands knows thinks feels realises realizes appreciates believes has is was seems appears lacks struggles does grasps
    cares wants likes loves enjoys possesses exhibits excels impresses fails gets masters inspires behaves remains sounds looks
    comes means needs meets exceeds contributes communicates performs shines deserves demonstrates displays this always
    various previous obvious serious less across its perhaps thus as yes skills ideas results basics errors details examples
    mistakes insights fundamentals concepts topics pros cons strengths weaknesses plus minus not
    understood knew felt thought had were did got came meant met became copes hits surpasses
    """.split()  # noqa: SIM905
)
# Of these, what can be seen once it is said of what: performs the calculation, communicated the delay.
_SEEN_OF_SOMETHING = frozenset("contribut communicat perform demonstrat display".split())  # noqa: SIM905
_LOOKING = {(verb, where) for verb in ("looks", "looked", "look") for where in ("at", "up", "through", "into", "for")}
_MARK = (
    r"(?:(?:very|really|quite|rather|fairly|truly) )?(?:good|strong|great|excellent|outstanding|weak|poor|solid|bad|average|decent"
    r"|adequate|impressive|perfect|brilliant|superb|fine|reasonable|mediocre|acceptable|exceptional|nice|wonderful|satisfactory|better|best)"
)
_HOW_WELL = r"(?:well|poorly|badly|nicely|effectively|confidently|brilliantly|excellently|strongly|competently|admirably|efficiently|hard)"
_AT_LARGE = (
    r"(?:the |a |an |any |their |her |his )?(?:pressure|stress|ambiguity|uncertainty|conflict|change|time|problem|situation|question"
    r"|role|job|work|task|others|people|team|challenge)s?"
)
# What looks like an act and only praises or blames: a good answer, a quality shown, how well it all went.
_PRAISE = re.compile(
    r"\b(?:shows?|showed|showing|demonstrat\w+|display\w*|has|have|had|gives?|exhibits?|possesses|brings) (?:\w+[ ,]+(?:and )?){0,4}?"
    r"(?:understanding|knowledge|grasp|awareness|skills?|ability|abilities|familiarity|command|expertise|confidence|mastery|proficiency"
    r"|competenc[ey]|insight|intuition|maturity|depth|potential|interest|passion|leadership|thinking|communication|performance|attitude"
    r"|promise|ownership|empathy|initiative|judge?ment|enthusiasm|energy|motivation|commitment|curiosity|compassion|flexibility|resilience)\b"
    rf"|\b(?:gives?|gave|provide[sd]?|offer(?:s|ed)?|deliver(?:s|ed)?|ma(?:kes|de)|produce[sd]?|presents?|presented) (?:an? |the |some )?{_MARK} "
    r"(?:answers?|response|reply|impression|insights?|performance|interview|job|work)\b"
    r"|\b(?:takes?|took|assumes?) (?:full |real |total |the )?(?:ownership|responsibility|initiative|charge|control|pride)$"
    r"|\bgoes (?:well |far )?(?:above|beyond)(?: and beyond)?(?: the \w+)?"
    r"|\bfits?(?: in)?(?: well| nicely)?(?: (?:with|into))?(?: (?:the|our) (?:team|culture|company|role|group|house))?$"
    rf"|^(?:can |could )?(?:handle|manage)[sd]? {_AT_LARGE}$"
    rf"|^(?:can |could )?\w+(?: {_AT_LARGE})? (?:very |quite |really |rather )?{_HOW_WELL}(?: (?:with|under|in|at|on) {_AT_LARGE})?$"
)
_NOUN_BEFORE = frozenset(
    """
    good strong clear weak poor some few many several the great solid excellent correct wrong right vague no his her their these
    those all most any more other own its our your two three four five better best for of in on about with between at from into over
    full top high low half
    """.split()  # noqa: SIM905
)
# Forms in -ed that describe as often as they tell; with an object they tell: measured latency, structured the talk.
_ADJECTIVES = frozenset(
    """
    limited mixed detailed informed applied reasoned structured measured rounded balanced organised organized marked experienced
    skilled talented gifted qualified motivated dedicated interested advanced polished refined focused excited bored tired relaxed
    composed prepared committed determined engaged educated accomplished seasoned confused disorganised unstructured unprepared
    """.split()  # noqa: SIM905
)
_QUALITIES = frozenset(
    """
    answer answers response responses understanding knowledge grasp awareness skills skill ability thinking view approach argument
    communication results improvement experience performance attitude opinion reasoning explanation gaps picture manner style lack
    """.split()  # noqa: SIM905
)
_SUBJECTS = frozenset(
    "candidate they he she who and or then but by also not never without has have had is was are when after before i we to".split()  # noqa: SIM905
)
_OPENS_INFINITIVE = frozenset("to can could cannot not they i we would will did does didn't doesn't don't".split())  # noqa: SIM905
_NOUN_AFTER = frozenset("is was of lacks has with are were".split())  # noqa: SIM905
# Before these stands a verb, unless it is one of the small words below: rang the customer, triages both patients.
_OPENS_OBJECT = frozenset(
    """
    the a an his her their its my our your this that these those them him it both each every all two three four five six some any no
    one what which why how whether
    """.split()  # noqa: SIM905
)
_SMALL = frozenset(
    """
    a an the and or but nor so yet for of in on at by to from with without within into onto over under above below beyond beneath
    behind between before after during until till since through throughout across about around along against among despite like
    unlike per via near off out up down as than if when while where because although though unless whether that which who whom whose
    what why how not never only even just also then there here all both each every either neither no none nothing half such quite
    rather very more most less least some any this these those it they he she we i you his her their its be been being am are is was
    were do does did done has have had can could will would shall should may might must cannot don't doesn't didn't minus plus except
    besides once beside amid worth many
    """.split()  # noqa: SIM905
)


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
_UNSEEN_STEMS = frozenset(_stem(word) for word in _UNSEEN) - _STEMS
# Past forms that no ending gives away; those that are also something else are left to their object.
_PAST = frozenset(
    """
    said told gave took made found wrote drew built chose kept left put set read ran led went began broke brought sent spoke
    showed thought forgot held met sought split stuck taught withdrew rang bought caught fought dug fed fled flew forbade froze
    hid hung heard laid lent lost overrode oversaw paid proved reran rebuilt redrew redid rethought rewrote rose sold shook shot
    sat shut slid spent stood stole struck swore threw undid undercut undertook undersold upsold woke won wound forewent foresaw misread
    """.split()  # noqa: SIM905
)


def names_an_act(anchor: str) -> bool:
    """Whether `anchor` has a verb that can be heard or seen, in any form: names, named, by naming, can name."""
    for clause in re.split(r"[.;:,()\n–—]+", anchor.casefold().replace("’", "'")):
        before = ""
        tokens = re.findall(r"[a-z][a-z'-]*", _PRAISE.sub(" ", clause.strip()))
        for place, token in enumerate(tokens):
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            if _is_act(token, before, after):
                return True
            before = token
    return False


def _is_act(token: str, before: str, after: str) -> bool:
    opens = not before or before in _SUBJECTS or before in _OPENS_INFINITIVE or before.endswith("ly")
    if token in _UNSEEN or _stem(token) in _UNSEEN_STEMS:
        act = (token, after) in _LOOKING or (after in _OPENS_OBJECT and _stem(token) in _SEEN_OF_SOMETHING)
    elif token in _ADJECTIVES:
        has_object = after in _OPENS_OBJECT or (after not in _SMALL | _QUALITIES and _stem(token) in _STEMS)
        act = opens and bool(after) and has_object
    elif token in OBSERVABLE:
        act = before not in _NOUN_BEFORE
    elif not before and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        act = True  # An anchor begins with what is done; a verb that nobody has listed yet is still one.
    elif token in _PAST or (token.endswith("ing") and _stem(token) in _STEMS) or _tells(token, after):
        act = opens
    else:
        leads = before in _OPENS_INFINITIVE or (not before and bool(after) and after not in _NOUN_AFTER | _QUALITIES)
        act = leads and _stem(token) in _STEMS
    return act


def _tells(token: str, after: str) -> bool:
    """Whether a word that opens a clause is a verb by what follows it, or by its ending in the past."""
    if token.endswith("ed"):
        return len(token) > 4 and (_stem(token) in _STEMS or bool(after)) and after not in _QUALITIES
    return after in _OPENS_OBJECT and token not in _SMALL and not token.endswith("ly")
