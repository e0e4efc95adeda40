"""Interviewers as the server meets them: each saves one answer at a time, and knows it again by its operation."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

TOKEN = "0" * 32
ANSWER_TIMEOUT = 60


@dataclass
class Tally:
    """What happened to the saves: seconds until the answer, tries that failed, and the words that were acknowledged."""

    seconds: list = field(default_factory=list)
    failed: list = field(default_factory=list)
    acknowledged: list = field(default_factory=list)

    def slowest_but(self, share):
        """The time within which all but `share` of the saves were answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * (1 - share)))]


class Person:
    """One window of one interviewer, over plain sockets: a client that costs the machine little beside the server."""

    def __init__(self, port, number, session, paths):
        self.port, self.number, self.paths = port, number, paths
        self.client, self.made = str(uuid4()), count(1)
        self.head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: sessionid={session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            "Accept: application/json\r\nContent-Type: application/json\r\nConnection: close\r\n"
        )

    def write(self):
        """The next answer: (its words, the request that saves it)."""
        number = next(self.made)
        words = f"{self.number}.{number} named the cost of each error before any model."
        path = self.paths[number % len(self.paths)]
        edit = {
            "operation": str(uuid4()), "client": self.client, "sequence": number, "expected_version": 0, "evidence": words,
        }  # fmt: skip
        return words, self.request("POST", path, json.dumps(edit).encode())

    def request(self, method, path, body=b""):
        return f"{method} {path} HTTP/1.1\r\n{self.head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def ask(self, request):
        """The status of the answer, once the whole of it is here; 0 when none came."""
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    writer.write(request)
                    answer = await reader.read()
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            return 0
        head, _gap, body = answer.partition(b"\r\n\r\n")
        if not body.startswith(b'{"applied":true'):
            # A save is acknowledged by these words alone; half an answer is none.
            return int(head[9:12] or 0) if head[9:12] != b"200" or method_of(request) == b"GET" else 0
        return 200 if body.endswith(b"}") else 0

    async def save_until_acknowledged(self, tally, pause=0.05):
        """One answer, sent again for ever as it was, as the page does."""
        words, request = self.write()
        while (status := await self.ask(request)) != 200:
            tally.failed.append(status)
            await asyncio.sleep(pause)
        tally.acknowledged.append(words)

    async def keep_saving(self, tally, answers):
        for _answer in range(answers):
            await self.save_until_acknowledged(tally)

    async def save_every(self, period, until, tally):
        """An answer each `period` seconds, the next one only when the last was answered; nothing is sent again."""
        due = time.monotonic() + period * (self.number * 0.618 % 1)
        while due < until:
            await asyncio.sleep(max(0, due - time.monotonic()))
            words, request = self.write()
            start = time.perf_counter()
            status = await self.ask(request)
            tally.seconds.append(time.perf_counter() - start)
            if status == 200:
                tally.acknowledged.append(words)
            else:
                tally.failed.append(status)
            due = max(due + period, time.monotonic())


def method_of(request):
    return request.partition(b" ")[0]
