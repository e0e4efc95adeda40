"""What a person is told: every address of the house asked as they would ask it, and each answer down to its bytes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

# One-time by nature: the token of a form, the id that a scoring page gives itself, and the key by which the form of a new
# question is known again. Nothing else is taken out.
_TOKEN = re.compile(
    rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[A-Za-z0-9]{64}|(csrftoken=)[A-Za-z0-9]{32}'
)
_NONCE = re.compile(rb'(name="(?:page|form_key)" value=")[0-9a-f-]{36}')


@dataclass(frozen=True)
class Ask:
    """One request. `data` goes as a form, or as JSON where the headers say so."""

    path: str
    method: str = "GET"
    data: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = " ".join(f"{name}={value}" for name, value in [*self.headers.items(), *self.data.items()])
        return f"{self.method} {self.path} {said[:120]}".strip()

    def of(self, client: Client) -> Any:
        if self.method != "POST":
            return client.generic(self.method, self.path, headers=dict(self.headers))
        if self.headers.get("Content-Type") == "application/json":
            body = json.dumps(dict(self.data))
            return client.post(self.path, body, content_type="application/json", headers=dict(self.headers))
        return client.post(self.path, dict(self.data), headers=dict(self.headers))


@dataclass(frozen=True)
class Answer:
    """All that comes back for one request, and how many statements it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: bytes
    body: bytes
    statements: int


def answer_to(client: Client, ask: Ask) -> Answer:
    statements = 0

    def counted(execute: Any, *statement: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*statement)

    with connection.execute_wrapper(counted):
        response = ask.of(client)
        body = b"".join(response) if response.streaming else response.content
    headers = tuple(sorted((name, value) for name, value in response.items() if name != "Date"))
    return Answer(response.status_code, headers, _plain(response.cookies.output().encode()), _plain(body), statements)


def _plain(sent: bytes) -> bytes:
    return _NONCE.sub(rb"\1", _TOKEN.sub(rb"\1\2", sent))


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def numbers_from_the_rows() -> None:
    """The next key of every table follows from its rows, as in a database where nothing was ever taken back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def answers(client: Client, scripts: Iterable[tuple[Ask, ...]]) -> Iterator[tuple[Ask, Answer]]:
    """The answers to each script of requests, which begins from the same rows and cookies as the one before."""
    for script in scripts:
        cookies = client.cookies.copy()
        with taken_back():
            for ask in script:
                yield ask, answer_to(client, ask)
        client.cookies = cookies
