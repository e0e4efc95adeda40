"""A page asked for straight from the application, without the test client's own work, which would even out every ratio."""

import io
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory


def asks(user: Any, path: str) -> Callable[[], bytes]:
    """A call that opens `path` as `user` does, and fails unless it is answered with 200."""
    browser = Client()
    browser.force_login(user)
    cookie = f"sessionid={browser.cookies['sessionid'].value}"
    environ = RequestFactory(SERVER_NAME="127.0.0.1").get(path, HTTP_COOKIE=cookie).environ
    application = get_wsgi_application()

    def call() -> bytes:
        states: list[str] = []
        answer = application({**environ, "wsgi.input": io.BytesIO()}, lambda status, _headers: states.append(status))
        whole = b"".join(answer)
        answer.close()
        if states != ["200 OK"]:
            raise RuntimeError(f"{path}: {states} {whole[:200]!r}")
        return whole

    return call
