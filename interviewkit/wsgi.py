import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
_django = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Django, which never hears what it would break on before any middleware of ours can answer.

    Pages are UTF-8, so forms come as UTF-8, whatever else is claimed; a length that is no number is none.
    """
    environ["CONTENT_TYPE"] = re.sub(r"(?i);\s*charset=[^;]*", "", environ.get("CONTENT_TYPE", ""))
    if not environ.get("CONTENT_LENGTH", "").isdecimal():
        environ["CONTENT_LENGTH"] = ""
    return _django(environ, start_response)
