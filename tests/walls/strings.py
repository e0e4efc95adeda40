"""Strings that Unicode makes hard, eighty of them, by what a one-line field and a text of many lines do with each.

KEPT strings are stored as they are, composed (NFC), and shown; the others are refused with a sentence beside the field.
"""

_FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
_ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

KEPT = {
    "decomposed e with acute": "Rene\u0301e",
    "composed e with acute": "Ren\u00e9e",
    "decomposed Hangul": "\u1112\u1161\u11ab",
    "two marks in the other order": "a\u0323\u0307 a\u0307\u0323",
    "Angstrom and Kelvin signs": "5 \u212b at 3 \u212a",
    "a letter under forty marks": "z" + "\u0300\u0301\u0302\u0303" * 10,
    "a word of marks": "Z\u0351\u036ba\u0308\u0305l\u030d\u0302g\u0313\u0301o\u0308",
    "Hebrew": "\u05d3\u05e0\u05d9\u05d0\u05dc \u05dc\u05d5\u05d9",
    "Arabic": "\u0641\u0627\u0637\u0645\u0629 \u0627\u0644\u0632\u0647\u0631\u0627\u0621",
    "Arabic in Latin": "Ada \u0641\u0627\u0637\u0645\u0629 (3) Brandt",
    "Greek": "\u0391\u03bb\u03ad\u03be\u03b1\u03bd\u03b4\u03c1\u03bf\u03c2",
    "Cyrillic that looks Latin": "\u0430\u0440\u0440\u04cf\u0435",
    "Devanagari with joiner": "\u0915\u094d\u200d\u0937",
    "Persian with non-joiner": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Thai": "\u0e01\u0e33\u0e25\u0e31\u0e07\u0e43\u0e08",
    "Chinese": "\u738b\u5c0f\u660e",
    "Japanese": "\u3055\u304f\u3089 \u30bf\u30ed\u30a6",
    "Korean": "\uae40\ubbfc\uc900",
    "a rare character of four bytes": "\U00020bb7\u91ce\u5bb6",
    "cuneiform": "\U00012000\U00012157",
    "mathematical letters": "\U0001d49c\U0001d4b9\U0001d4b6",
    "full-width letters": "\uff21\uff44\uff41\uff1c\uff42\uff1e",
    "half-width katakana": "\uff8a\uff9d\uff76\uff78",
    "ligatures": "\ufb01ne \ufb03ce \ufdfa",
    "circled and raised": "\u2460\u00b2\u2074",
    "an emoji": "Ada \U0001f600",
    "a family of emoji": f"Ada {_FAMILY}",
    "an emoji with a skin": "\U0001f44d\U0001f3fd done",
    "a flag of letters": "\U0001f1e9\U0001f1ea team",
    "a flag of tags": f"{_ENGLAND} team",
    "an emoji in text style": "\u2764\ufe0e and \u2764\ufe0f",
    "a zero-width space": "Ada\u200bBrandt",
    "a word joiner": "Ada\u2060Brandt",
    "a byte-order mark": "Ada\ufeffBrandt",
    "a soft hyphen": "Interview\u00adkit",
    "no-break spaces": "Ada\u00a0\u202fBrandt",
    "spaces of every width": "a\u2000\u2003\u2009\u200a\u3000b",
    "Ogham space": "a\u1680b",
    "private use": "Ada \ue000\uf8ff\U000f0000",
    "unassigned": "Ada \u0378\U0003fffd",
    "a replacement mark": "Ada \ufffd",
    "an object replacement": "Ada \ufffc",
    "interlinear marks": "Ada \ufff9a\ufffab\ufffb",
    "dotless and dotted i": "I\u0130\u0131i",
    "sharp s, small and large": "Stra\u00dfe STRA\u1e9eE",
    "upper case grows": "\u01f0\u0390\ufb17",
    "a tab": "Ada\tBrandt",
    "quotes that curl": "\u2018Ada\u2019 \u201cBrandt\u201d \u201eC\u201f",
    "dots and dashes": "a\u2026b\u2013c\u2014d\u2212e",
    "percent, braces, backslash": "100 % {x} {{ x }} %s \\u0041 \\",
}
# Nothing of it can be stored by both databases, or seen by anybody.
NEVER = {
    "NUL": "Ada\x00Brandt",
    "a bell": "Ada\x07Brandt",
    "an escape sequence": "Ada\x1b[31mBrandt",
    "delete": "Ada\x7fBrandt",
    "a C1 control": "Ada\x9bBrandt",
    "a form feed": "Ada\x0cBrandt",
    "no character of plane 0": "Ada\uffffBrandt",
    "no character, reversed mark": "Ada\ufffeBrandt",
    "no character of plane 16": "Ada\U0010ffffBrandt",
    "no character of the Arabic block": "Ada\ufdd0Brandt",
}
# Text of many lines may have it; one line may not.
NOT_IN_ONE_LINE = {
    "a line feed": "Ada\nBrandt",
    "carriage returns": "Ada\r\nBrandt\rCo",
    "a line separator": "Ada\u2028Brandt",
    "a paragraph separator": "Ada\u2029Brandt",
    "a next line": "Ada\x85Brandt",
    "an override": "Ada \u202efdp.exe",
    "an embedding": "Ada \u202bBrandt\u202c",
    "an isolate": "Ada \u2067Brandt\u2069",
    "a right-to-left mark": "Ada\u200f (Brandt)",
    "an Arabic letter mark": "Ada\u061c (Brandt)",
}
# A line of which nothing is seen; in many lines it is as good as empty.
BLANK = {
    "zero width alone": "\u200b\u2060\ufeff",
    "a Hangul filler": "\u3164",
    "an empty Braille cell": "\u2800",
    "soft hyphens alone": "\u00ad\u00ad",
    "tags alone": "\U000e0041\U000e0042",
    "marks alone": "\u0301\u0301",
}
# Only a script can send these: an encoded form cannot hold half a pair.
SURROGATES = ["Ada \ud800", "\udc00 Ada", "A\udbffda", "\udc00\ud800"]
