"""What stands around an article on a page and is none of it: known by the class of an element, or by its words."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

MENU = _("part of the page around the article")
ADVERT = _("an advert or an invitation to sign up")
SHARING = _("buttons for sharing")
RELATED = _("links to other articles")
COMMENT = _("a reader's comment")
TRACKBACK = _("a trackback of another site")
CONTENTS = _("a table of contents; the question stands further down")

# Whole elements, by tag.
TAGS = {"nav": MENU, "footer": MENU, "aside": MENU, "form": MENU, "header": MENU}
SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "title", "object", "video"}
_CLASSES = [
    (COMMENT, "comment comments commentlist respond disqus replies"),
    (TRACKBACK, "trackback trackbacks pingback pingbacks pings"),
    (SHARING, "share sharing sharedaddy social socials addtoany"),
    (RELATED, "related recommended readmore yarpp jp-relatedposts"),
    (ADVERT, "ad ads advert advertisement adsbygoogle sponsor sponsored promo banner cta newsletter subscribe signup popup modal cookie cookies"),
    (MENU, "menu navbar nav navigation breadcrumb breadcrumbs sidebar widget pagination toc byline bio masthead"),
]  # fmt: skip
_BY_WORD = {word: why for why, words in _CLASSES for word in words.split()}
# "has-sidebar" says what the page has, not what this is.
_NOT_ITSELF = re.compile(r"^(has|no|with|without|is|not|single|page|wp|category|tag)[-_]|[-_](open|enabled|page|main)$")


def by_classes(names: Iterable[str]) -> str:
    """Why an element with these classes, key or role is no part of the article; empty where nothing says so."""
    for name in names:
        low = name.lower()
        if low in _BY_WORD:
            return str(_BY_WORD[low])
        if _NOT_ITSELF.search(low):
            continue
        parts = re.split(r"[-_]+", low)
        if len(parts) <= 4 and (why := _BY_WORD.get(parts[0]) or _BY_WORD.get(parts[-1])):
            return str(why)
    return ""


_COMMENTS = re.compile(
    r"^(\d+ |one |no )?(reader |user )?(comments?|responses?|replies|reviews?|trackbacks?|pingbacks?|thoughts?)( \(?\d+\)?)?"
    r"( (on|to)\b.{0,120}| ?[/&] ?(pings|trackbacks|pingbacks).*| are closed\.?| section)?:?$"
    r"|^(leave|post|write|add) (a|your) (reply|comment|response)\b.{0,60}$|^join the (discussion|conversation)\b.{0,40}$"
    r"|^(cancel reply|discussion)$|^trackbacks?( ?(/|&|and) ?pingbacks?)?\b.{0,40}$",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"\bsays:?$|^(log in to )?reply$|^(posted |on )?\w{3,9}\.? \d{1,2}(st|nd|rd|th)?,? \d{4},? (at )?\d{1,2}[:.]\d\d"
    r"|^\d{1,2} \w{3,9} \d{4},? (at )?\d{1,2}[:.]\d\d|^\d+ (minutes?|hours?|days?|weeks?|months?|years?) ago$",
    re.IGNORECASE,
)
_TRACKBACK = re.compile(
    r"^(\[(…|\.\.\.|&#8230;)\]|\.\.\.\]|…\])|\[(…|\.\.\.|&#8230;)\]\W*$|^(trackback|pingback)s?\s*:|^\W*(ping|track)back from\b",
    re.IGNORECASE,
)
_AROUND = [
    (SHARING, r"(share|tweet|pin|email) (this|it|on|via|to)\b.{0,60}|(share|tweet|facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|copy link|print|email)([ |/,]+(share|tweet|facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|copy link|print|email|x))*|click to (share|email|print)\b.*|\d+ shares?"),
    (ADVERT, r"advertisements?|(got|have) (a |any )?questions?( for us)?\?.{0,160}|sponsored( content| by .{0,60})?|(subscribe|sign up)\b.{0,120}|get (the|our|your) (free )?(e-?book|guide|newsletter|checklist)\b.{0,80}|(book|request|schedule|get) (a|your) (free )?(demo|trial|call)\b.{0,80}|(start|try) (your |it |for )?(a )?free\b.{0,60}|(enrol+|register|join|apply|buy|download|learn more|get started|try)( (now|today|here|free|for free|our .{0,80}|us\b.{0,60}|thousands\b.{0,60}|over [\d,]+.{0,60}))?[.!]?|join our (newsletter|community|mailing list).{0,80}|we use cookies\b.*|accept( all)?( cookies)?"),
    (RELATED, r"(also |must |next |recommended |suggested )?(read|reads|see|related)( also| more| next| this| on| articles?| posts?)?\s*:\s.{0,160}|(?!more reading:)(related|recommended|similar|popular|recent|more|latest) (posts?|articles?|reads?|reading|stories|content|from .{0,40}|topics)\b.{0,60}|you (may|might) (also )?(like|enjoy|be interested).{0,40}|(previous|next)( (post|article))?(: .{0,120})?|read more|keep reading|continue reading"),
    (MENU, r"(skip|jump) to (main )?(content|navigation)|(home|blog)( ?[>»/|›] ?.{1,80})+|back to top|(↑|⬆).{0,30}|(on this page|in this article)|(written |posted |published )?by [A-Z][\w.' -]{2,40}( (on|·|\|).{0,40})?|\d+ min(ute)?s?( of)? read(ing)?( time)?|(last )?(updated|modified|published|posted)( on)?:? .{4,40}|(toggle|main|search) ?(menu|navigation)?|all rights reserved\.?|(©|copyright).{0,80}|(terms( of (use|service))?|privacy( policy)?|cookie policy|contact( us)?|about( us)?|log ?in|menu|sitemap|careers)([ |·]+(terms( of (use|service))?|privacy( policy)?|contact( us)?|about( us)?|log ?in))*|was this (article |page |post )?helpful\?|(tags?|tagged|categories|category|filed under|posted in)\s*:.{1,120}"),
]  # fmt: skip
_AROUND_WORDS = [(why, re.compile(f"^({pattern})$", re.IGNORECASE)) for why, pattern in _AROUND]
_END = re.compile(
    r"^((in )?conclusions?|summary|final (thoughts|words)|wrapping up|wrap[- ]up|closing( thoughts)?|key takeaways?|takeaways|next steps"
    r"|about (the author|us)\b.*|references|further reading|sources|faqs?|frequently asked questions( \(faqs?\)| about .{3,60})?"
    r"|the bottom line|ready to .{3,80}|related\b.{0,60}|recommended\b.{0,60}|you (may|might) also .{3,40}|more (articles|posts|from)\b.{0,40})[.:!?]?$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^(table of )?contents?:?$|^(in this article|on this page|jump to)\b.{0,40}$|^toc$", re.IGNORECASE
)


def opens_comments(text: str) -> bool:
    """A line under which readers write."""
    return len(text) <= 140 and bool(_COMMENTS.match(text.strip(" *#_")))


def is_voice(text: str) -> bool:
    """Something only a list of comments says: whose words follow, when they were written, a button to answer them."""
    return len(text) <= 90 and bool(_VOICE.search(text.strip()))


def is_trackback(text: str) -> bool:
    return bool(_TRACKBACK.search(text.strip()))


def around(text: str) -> str:
    """Why a line is page furniture; empty where it may belong to the article."""
    line = text.strip(" *_>#\t")
    if len(line) > 200 or "\n" in line:
        return ""
    return next((str(why) for why, pattern in _AROUND_WORDS if pattern.match(line)), "")


def ends_questions(text: str) -> bool:
    """A heading behind which an article has no more questions to ask."""
    return bool(_END.match(text.strip(" *#_")))


def heads_contents(text: str) -> bool:
    return bool(_CONTENTS.match(text.strip(" *#_")))
