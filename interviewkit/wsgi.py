import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
# Sums belong to a process of their own. The library for workbooks would load these 25 MB wherever it finds them.
sys.modules["numpy"] = None  # type: ignore[assignment]  # to the import system: not here
_django = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Django, which never hears what it would break on before any middleware of ours can answer.

    Pages are UTF-8, so forms come as UTF-8, whatever else is claimed; a length that is no number is none.
    """
    environ["CONTENT_TYPE"] = re.sub(r"(?i);\s*charset=[^;]*", "", environ.get("CONTENT_TYPE", ""))
    if not environ.get("CONTENT_LENGTH", "").isdecimal():
        environ["CONTENT_LENGTH"] = ""
    return _django(environ, start_response)
