"""Whether words ask something of a candidate, and where the question in them ends."""

import re
from dataclasses import dataclass

LONGEST = 1200
_IMPERATIVE = re.compile(
    r"^(please |can you |now |briefly |next,? |first,? |in your own words,? )?(explain|describe|tell (me|us)|define|give|name|list|compare|contrast|discuss|differentiate"
    r"|distinguish|walk (me|us) through|talk (me|us) through|talk about|design|write|implement|outline|imagine|suppose|assume|show|state|derive|prove"
    r"|calculate|compute|estimate|find|create|build|draw|sketch|share|summari[sz]e|provide|mention|elaborate|illustrate|code|sort|reverse|identify"
    r"|recall a|think of a|take (me|us) through|argue|criti[cq]u?e|evaluate|rank|propose|interpret|debug|demonstrate|pick|choose|solve|convince|teach)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(so,? |and |but |then,? )?(what|why|how|when|where|which|who|whom|whose|is|are|was|were|do|does|did|can|could|would|will|should|have|has|may|might|in (what|which)|for (what|which)"
    r"|to what|at what|on what|under what|if |given |you (are|have)|you're|you’re|let's say|let’s say|consider )",
    re.IGNORECASE,
)
_SETUP = re.compile(
    r"^(imagine|suppose|assume|consider|given|you|you’re|you're|let|say|your|our|a |an |the |we )", re.IGNORECASE
)
_TO_READER = re.compile(
    r"^(how|what|when|where|why)( not)? to (use|score|grade|rate|prepare|avoid|read|run|structure|conduct|hire|interview|ask|expect|know|remember|practi[sc]e|bring|wear|follow)\b"
    r"|^(how|what|when|why)\b.{0,40}\b(these|your|this|the) (questions|answers|interviews?|guide|list|article|candidates?)\b",
    re.IGNORECASE,
)
_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()  # fmt: skip  # noqa: SIM905
_ROMAN = {"I": 1, "V": 5, "X": 10}
_CLOSERS = " \t\"'”’»)]*_`.…!"
_PICTURES = 12
_NUMBERED = re.compile(
    r"^[\W_]{0,2}?(?:(?P<label>ques|question|prompt|q|interviewer|(?:(?:interview|sample|example|technical|coding|screening|practice|ml|machine learning|data science) )+question(?=\s*\W?\s*\d))(?:\s*(?:no\.?|[.#-])?\s*(?P<labelled>\d{1,3}\b|(?:"
    + "|".join(_WORDS)
    + r")\b)(?:\s*(?:of|/)\s*\d{1,3})?)?(?P<end>\s*(?:[.:)\]]+(?!\w\b)|[–—-]+(?=\s))|(?=\s))"
    r"|(?P<roman>(?-i:[IVX]{1,6}))[.)](?=\s)"
    r"|#(?P<hash>\d{1,3})\b\s*[.:)–—-]*"
    r"|[(\[]?(?P<number>\d{1,3})(?:\s*[.):\]/]+(?!\d)|\s*[–—-]+(?=\s)))\s*(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_UNMARKED = re.compile(r"^(?P<number>\d{1,3}|\d{1,2}\.\d{1,2})[.)]?\s+(?P<text>[A-Z\"“‘'*].*)$", re.DOTALL)
_ANSWER = re.compile(
    r"^[\W_]{0,3}((?-i:A)\d{0,3}|ans|answer|candidate|interviewee|sample answer|model answer|solution|suggested answer)(\s*(no\.?)?\s*\d{1,3})?\s*[.:)–—-]+[*_]*\s*",
    re.IGNORECASE,
)
# "[src]", "[[Answer]](https://…)", "[1]": where it was taken from, or where somebody else answers it.
_SOURCE = re.compile(
    r"\s*(?:[\[(]{1,2}\s*(?:src|sources?|answers?|ans|links?|refs?|references?|solutions?|read more)\s*[\])]{1,2}|\[{1,2}\d{1,2}\]{1,2})"
    r"(?:\([^\s()]{1,500}\))?\s*$",
    re.IGNORECASE,
)
# A full stop after these ends no sentence.
_SHORT = re.compile(r"\b(e\.g|i\.e|etc|vs|cf|approx|fig|eq|no|dr|mr|ms|st|resp|incl)\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """How a block begins: a number or a label in front, then words."""

    text: str
    number: int | None = None
    is_labelled: bool = False


def opening_of(text: str) -> Opening:
    """`text` without the number or the "Q:" in front of it."""
    found = _NUMBERED.match(text)
    if not found:
        return _loosely_numbered(text)
    words = found["text"].strip(" *_")
    if not found["label"]:
        return Opening(words, _counted(found["number"] or found["hash"] or found["roman"]))
    labelled, is_ended = found["labelled"] or "", bool((found["end"] or "").strip())
    if not is_ended and not labelled[:1].isdigit():
        return Opening(text.strip())
    return Opening(words, _counted(labelled) if labelled else None, is_labelled=True)


def _loosely_numbered(text: str) -> Opening:
    """A number without a mark behind it counts where a question follows; "2.1" counts within its section only."""
    found = _UNMARKED.match(text)
    if not found or not (asks_loosely(found["text"]) or found["number"].startswith("0")):
        return Opening(text.strip())
    return Opening(found["text"].strip(" *_"), int(found["number"]) if found["number"].isdecimal() else None)


def _counted(told: str) -> int:
    """The number in digits, in a word or as a Roman one."""
    if told.isdecimal():
        return int(told)
    if told.lower() in _WORDS:
        return _WORDS.index(told.lower()) + 1
    values = [_ROMAN[letter] for letter in told]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def asks_outright(text: str) -> bool:
    """Whether it ends as a question does."""
    return 3 <= len(text) <= LONGEST and _without_aside(text).endswith("?")


def asks(text: str) -> bool:
    """Whether it asks, or tells the candidate to do something."""
    if asks_outright(text):
        return True
    words = text.lstrip(" \"'“‘*_(")
    return len(text) <= LONGEST and len(words.split()) > 1 and bool(_IMPERATIVE.match(words))


def asks_loosely(text: str) -> bool:
    """The same, taking a question whose mark was forgotten too; not what tells the reader how to use the article."""
    if asks(text):
        return True
    if _TO_READER.match(text):
        return False
    return 8 <= len(text) <= 300 and not text.rstrip().endswith(".") and bool(_ASKING.match(text.lstrip(" \"'“‘*_(")))


def parted(text: str) -> tuple[str, str]:
    """(question, what follows it) of words that hold both; all of it where no question ends inside."""
    first, _break, rest = text.partition("\n")
    if rest and asks_loosely(first):
        return first.strip(), rest.strip()
    sentences = sentences_of(text)
    ends = 0
    for place, sentence in enumerate(sentences):
        is_aside = ends and sentence.startswith(("(", "[")) and len(sentence) < 200
        if asks_outright(sentence) or is_aside:
            ends = place + 1
        elif ends:
            break
        elif place == 0 and asks(sentence):
            ends = 1
        elif place > 5 or not (_SETUP.match(sentence) or place):
            break
    if not ends or ends == len(sentences):
        return text.strip(), ""
    return " ".join(sentences[:ends]).strip(), " ".join(sentences[ends:]).strip(" –—-")


def sentences_of(text: str) -> list[str]:
    pieces = re.split(r"(?<=[.?!])[\"”’)*_]{0,3}\s+(?=[\"“‘(*_\[A-Z0-9–—-])", text.strip())
    joined: list[str] = []
    for piece in pieces:
        if joined and _SHORT.search(joined[-1]):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def without_answer_mark(text: str) -> str:
    """Guidance without the "Answer:" in front of it."""
    return _ANSWER.sub("", text, count=1)


def without_source_mark(prompt: str) -> str:
    """A prompt without the sign behind it that names its source."""
    return _SOURCE.sub("", prompt) or prompt


def is_answer(text: str) -> bool:
    return bool(_ANSWER.match(text))


def _without_aside(text: str) -> str:
    """Without what stands in brackets behind it, and closing marks or little pictures."""
    text = without_source_mark(text)
    bare = re.sub(r"\s*[(\[][^()\[\]]{0,120}[)\]]\s*[.*_]*$", "", text.strip()) or text
    words, pictures = bare[:-_PICTURES].rstrip(_CLOSERS), bare[-_PICTURES:]
    while pictures and not (pictures[-1].isalnum() or pictures[-1] == "?"):
        pictures = pictures[:-1]
    return bare[:-_PICTURES] + pictures if pictures else words
