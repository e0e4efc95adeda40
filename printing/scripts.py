"""Which letters no face can print: of the scripts that we do not ship, a PDF has what is installed on this machine."""

import ctypes
import re
from contextlib import suppress
from functools import cache
from typing import Any

# The letters of the faces in static/vendor: Latin, Greek, Cyrillic, Hebrew, Arabic. A test holds it against the files.
SHIPPED = re.compile(
    r"[\0-\u017F\u018F\u0192\u01A0\u01A1\u01AF\u01B0\u01CD-\u01DC\u01FA-\u01FF\u0218-\u021B\u0237\u0259\u02BB\u02BC"
    r"\u02C6\u02C7\u0386-\u03CE\u0400-\u045F\u0462\u0463\u046A\u046B\u0472-\u0475\u0490-\u04C2\u04CF-\u04D9"
    r"\u04DC-\u04E9\u04EE-\u04F9\u0524\u0525\u05D0-\u05EA\u05F0-\u06A1\u06A3-\u06FF\u0750-\u077F\u1E80-\u1E85\u1E9E"
    r"\u1EA0-\u1EF9]+"
)
FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
INSTALL_FACES = "Debian, Ubuntu: sudo apt-get install fonts-noto-cjk fonts-noto-core"


def letters_without_face(text: str) -> str:
    """The letters of `text`, each once, for which neither we nor this machine have a face."""
    foreign = sorted(set(SHIPPED.sub("", text)))
    return "".join(letter for letter in foreign if letter.isalpha() and not _has_face(letter))


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int),)


@cache
def _library() -> Any:
    """fontconfig, which Pango asks too; None where there is none."""
    for name in FONTCONFIG:
        with suppress(OSError):
            library = ctypes.CDLL(name)
            for maker in ("FcPatternCreate", "FcCharSetCreate", "FcObjectSetCreate"):
                getattr(library, maker).restype = ctypes.c_void_p
            library.FcFontList.restype = ctypes.POINTER(_FontSet)
            return library
    return None


@cache
def _has_face(letter: str) -> bool:
    """Whether an installed face holds `letter`. Without fontconfig nothing is known, and nothing is said."""
    library = _library()
    if library is None:
        return True
    pattern, signs, wanted = (
        ctypes.c_void_p(make())
        for make in (library.FcPatternCreate, library.FcCharSetCreate, library.FcObjectSetCreate)
    )
    library.FcCharSetAddChar(signs, ctypes.c_uint32(ord(letter)))
    library.FcPatternAddCharSet(pattern, b"charset", signs)
    faces = library.FcFontList(None, pattern, wanted)
    count = faces.contents.count
    library.FcFontSetDestroy(faces)
    library.FcObjectSetDestroy(wanted)
    library.FcCharSetDestroy(signs)
    library.FcPatternDestroy(pattern)
    return bool(count)
