"""Seeded schedules of one interview under bad weather, played in a real browser and judged by an oracle.

A schedule is a list of steps drawn from a seed: edits in one or two windows, faults of the network and the server, reloads,
killed windows, a submit without a connection. After every step, and for every text that the state line showed in between,
the oracle holds the line against the rows of the server and what lies on the device. At the end the weather clears, and
what was given must be there once.
"""

import contextlib
import json
import random
import re
import time
from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from interviews.models import Score, Scorecard, ScoreEdit

PARTS = {"outcome": ("outcome", "level", "reason"), "evidence": ("evidence",), "probes": ("probes_used", "hint")}
# What a page shows of itself: read in one go, so that the line belongs to the values.
PROBE = """
window.kitProbe = () => ({
  line: document.getElementById("saving-text").textContent, at: Date.now(),
  values: Object.fromEntries([...document.querySelectorAll("form.score-item")].map((form) => {
    const field = (name) => form.elements.namedItem(name);
    const answer = field("answer")?.value;
    const level = /^[1-5]$/.test(answer ?? "") ? Number(answer) : null;
    return [form.dataset.item, {
      ...(answer !== undefined && { outcome: { outcome: level ? "scored" : answer, level, reason: ["not_asked", "declined"].includes(answer) ? field("reason").value : "" } }),
      ...(field("evidence") && { evidence: { evidence: field("evidence").value } }),
    }];
  })),
});
window.kitTold = [];
document.addEventListener("DOMContentLoaded", () => {
  const line = document.getElementById("saving-text");
  if (line) new MutationObserver(() => window.kitTold.push(kitProbe())).observe(line, { childList: true, characterData: true, subtree: true });
});
"""
# The page, what lies on the device, and the page once more: a moment at which nothing moved between.
MOMENT = """async () => {
  const before = kitProbe(), told = kitTold.splice(0);
  const database = await new Promise((done) => { const open = indexedDB.open("kit", 1); open.onsuccess = () => done(open.result); open.onerror = () => done(null); });
  const rows = await new Promise((done) => { const all = database.transaction("edits").objectStore("edits").getAll(); all.onsuccess = () => done(all.result); });
  database.close();
  return { before, told, rows, after: kitProbe() };
}"""
TYPE = """([item, name, value]) => {
  const form = document.querySelector(`form.score-item[data-item="${item}"]`);
  const field = name === "answer" ? form.querySelector(`[name=answer][value="${value}"]`) : form.elements.namedItem(name);
  if (name === "answer") field.checked = true; else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
KEPT = re.compile(r"^(Offline|Server trouble|Sign in again to send)\D*(\d+) answers?")
BLOCKING = ("offline", "errors", "redirect", "signed out")
FAULTS = ("offline", "errors", "lost", "redirect", "signed out", "slow")


def draw(seed):
    """The steps of a schedule: (verb, values…), always the same for a seed."""
    dice, steps = random.Random(seed), []  # noqa: S311 a course of events, not a secret
    two, left = dice.random() < 0.3, [[*"12345", "not_asked", "no_evidence", "declined"] for _item in range(2)]
    for number in range(dice.randint(6, 9)):
        verb = dice.choices(("note", "answer", "fault", "clear", "reload", "kill", "wait"), (30, 30, 22, 8, 10, 8, 8))[
            0
        ]
        window, item = dice.randrange(2) if two else 0, dice.randrange(2)
        match verb:
            case "note":
                steps.append(("type", window, item, "evidence", f"Words {seed}.{number}"))
            case "answer" if left[item]:
                # No answer twice, so that one that arrived twice can be told from one that was given twice.
                answer = left[item].pop(dice.randrange(len(left[item])))
                steps.append(("type", window, item, "answer", answer))
            case "fault":
                steps.append(("fault", dice.choice(FAULTS)))
            case "wait":
                steps.append(("wait", dice.choice((0.05, 0.3, 0.8))))
            case "clear":
                steps.append(("fault", ""))
            case "reload" | "kill":
                steps.append((verb, window))
    if dice.random() < 0.25:
        steps.append(("submit", dice.choice(("offline", "lost"))))
    return steps


def until_openable(page):
    """Until the page, which was there before its worker, would open without a connection."""
    while not page.evaluate("caches.match(location.pathname, { ignoreVary: true }).then(Boolean)"):
        page.wait_for_timeout(20)


class Lie(AssertionError):
    """The line said something that was not so, or something was lost or doubled."""


class Play:
    """One schedule on a card of its own."""

    def __init__(self, stage, card, seed):
        self.stage, self.context, self.card, self.seed = stage, stage.context, card, seed
        self.dice = random.Random(seed)  # noqa: S311 a course of events, not a secret
        self.fault, self.log = "", []
        self.items = list(
            card.scores.filter(item__scored=True).order_by("item__section__position").values_list("item", flat=True)
        )
        self.address = f"/interviews/{card.interview_id}/score/"
        self.windows = [stage.window or self._new_page()]
        self.given = {}  # (window, item, part) → the last value given there
        self.windows[0].goto(self.address)
        until_openable(self.windows[0])

    def _new_page(self):
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    # ---- What happens ----

    def weather(self, route):
        with contextlib.suppress(Error):  # a window that was killed meanwhile
            match self.fault:
                case "errors":
                    route.fulfill(status=self.dice.choice((500, 502, 503)))
                case "redirect":
                    route.fulfill(status=302, headers={"Location": "/sign-in/"})
                case "lost":
                    route.fetch()
                    route.abort()
                case "slow":
                    self.fault = ""  # the first reply alone
                    answer = route.fetch()
                    time.sleep(0.3)
                    route.fulfill(response=answer)
                case _:
                    route.continue_()

    def run(self, steps):
        for step in steps:
            self.log.append(step)
            getattr(self, f"_{step[0]}")(*step[1:])
            self.judge()
            if self.card_status() == "submitted":
                break
        self.settle()

    def window(self, place):
        while len(self.windows) <= place:
            if self.fault in ("offline", "signed out"):
                return 0
            self.windows.append(self._new_page())
            self.windows[-1].goto(self.address)
        return place

    def _type(self, window, item, name, value):
        place, item = self.window(window), self.items[item]
        page = self.windows[place]
        page.evaluate(TYPE, [item, name, value])
        part = "evidence" if name == "evidence" else "outcome"
        self.given[place, item, part] = page.evaluate("kitProbe()")["values"][str(item)][part]

    def _wait(self, seconds):
        """While nothing can arrive, the line does not go on saying that it is on its way."""
        self.windows[0].wait_for_timeout(seconds * 1000)
        until = time.monotonic() + 5
        while self.fault in BLOCKING and self.windows[0].evaluate("kitProbe()")["line"] == "Saving…":
            if time.monotonic() > until:
                raise Lie(f"'Saving…' for five seconds of {self.fault}")
            self.windows[0].wait_for_timeout(50)

    def _fault(self, fault):
        was, self.fault = self.fault, fault
        self.context.set_offline(fault == "offline")
        if was == "signed out":
            self._sign_in()
        if fault == "signed out":
            Session.objects.all().delete()
        if fault == "":
            self._wake()

    def _sign_in(self):
        self.context.add_cookies(self.stage.cookies())

    def _wake(self):
        for page in self.windows:
            page.evaluate("dispatchEvent(new Event('online'))")

    def _until_kept(self, page):
        """What was given lies on a disk, here or at the server, within two seconds; nobody pulls a plug sooner."""
        until = time.monotonic() + 2
        while not self._is_kept(page):
            if time.monotonic() > until:
                raise Lie("what was given lies on no disk after two seconds")
            page.wait_for_timeout(20)

    def _is_kept(self, page):
        moment, place = page.evaluate(MOMENT), self.windows.index(page)
        for told in moment["told"]:
            self._hold(told, self.edits())
        here = [(int(row["item"]), row["part"], row["fields"]) for row in moment["rows"]]
        there = [(item, part, fields) for item, part, fields, *_ in self.edits()]
        return all(
            (item, part, value) in here or (item, part, value) in there
            for (window, item, part), value in self.given.items()
            if window == place
        )

    def _reload(self, window):
        if self.fault == "signed out":
            self._fault("")
        place = min(window, len(self.windows) - 1)
        page = self.windows[place]
        self._until_kept(page)
        page.reload()
        self._opened(page)

    def _kill(self, window):
        """The window's process dies; another window is opened in its place."""
        if self.fault == "signed out":
            self._fault("")
        place = min(window, len(self.windows) - 1)
        self._until_kept(self.windows[place])
        with contextlib.suppress(Error):
            self.windows[place].goto("chrome://crash")
        self.windows[place].close()
        self.windows[place] = page = self._new_page()
        page.goto(self.address)
        self._opened(page)

    def _opened(self, page):
        """Once what lies on the device has been read, the page shows every answer that was given last."""
        expect(page.locator("#saving-text")).not_to_have_text(re.compile("^Each"), timeout=20_000)

    def _submit(self, fault):
        """Submit in bad weather from the first window; the weather clears while the page tries."""
        self.settle()
        for other in self.windows[1:]:
            other.close(run_before_unload=False)
        del self.windows[1:]
        self.given.clear()
        self._reload(0)
        for place in range(len(self.items)):
            self._type(0, place, "evidence", f"Last words {self.seed}.{place}")
            self._type(0, place, "answer", "4")
        page = self.windows[0]
        page.locator("#review").click()
        page.wait_for_url("**/review/")
        page.locator("[name=recommendation][value=yes]").check(force=True)
        page.locator("[name=summary]").fill(f"Summary {self.seed}")
        self._fault(fault)
        page.locator("form[data-save] button.btn-primary").click()
        page.wait_for_timeout(150)
        if fault == "offline" and self.card_status() != "open":
            raise Lie("submitted without a connection")
        self._fault("")
        page.wait_for_url("**/scorecards/*/")
        card = Scorecard.objects.get(pk=self.card.pk)
        if (card.status, card.recommendation, card.summary) != ("submitted", "yes", f"Summary {self.seed}"):
            raise Lie(f"submitted as {card.status}, {card.recommendation}, {card.summary}")

    def card_status(self):
        return Scorecard.objects.values_list("status", flat=True).get(pk=self.card.pk)

    # ---- The oracle ----

    def edits(self):
        """(item, part, fields, status, applied, when) of every edit the server has, in its order."""
        found = []
        for edit in ScoreEdit.objects.filter(score__scorecard=self.card).select_related("score").order_by("pk"):
            sent = json.loads(edit.fields)
            for part, names in PARTS.items():
                if getattr(edit, f"touches_{part}"):
                    found.append(
                        (
                            edit.score.item_id,
                            part,
                            {name: sent.get(name) for name in names},
                            edit.status,
                            edit.applied,
                            edit.at,
                        )
                    )
        return found

    def judge(self):
        if self.card_status() == "submitted":
            return
        for page in self.windows:
            if not page.url.endswith("/score/") and "/score/#" not in page.url:
                continue
            moment = page.evaluate(MOMENT)
            edits = self.edits()
            for told in moment["told"]:
                self._hold(told, edits)
            if moment["before"]["line"] == moment["after"]["line"]:
                self._hold(moment["before"], edits)
                if len(self.windows) == 1:
                    self._hold_kept(moment, edits)

    def _hold(self, told, edits):
        """What the line said at a moment, against what the server had by then."""
        if not told["line"].startswith("Saved"):
            return
        then = datetime.fromtimestamp((told["at"] + 1) / 1000, UTC)
        for item, parts in told["values"].items():
            for part, value in parts.items():
                if item != "0" and not self._is_stored(int(item), part, value, edits, then):
                    raise Lie(f"{told['line']!r} while {part} of {item} is {value} here only")

    def _is_stored(self, item, part, value, edits, then):
        blank = value in ({"evidence": ""}, {"outcome": "pending", "level": None, "reason": ""})
        known = [
            fields
            for of, which, fields, status, applied, at in edits
            if (of, which) == (item, part) and applied and at <= then
        ]
        if len(self.windows) == 1:
            return (blank and not known) or (bool(known) and known[-1] == value)
        return blank or value in known

    def _hold_kept(self, moment, edits):
        """What the line says waits here does lie here, and nothing else is missing at the server."""
        line, rows = (
            moment["before"]["line"],
            [row for row in moment["rows"] if row["interview"] == str(self.card.interview_id)],
        )
        if line == "Saving…":
            return
        if said := KEPT.match(line):
            count = len({row["item"] for row in rows})
            if int(said[2]) != count:
                raise Lie(f"{line!r} with {count} on the device")
        here = {(int(row["item"]), row["part"]): row["fields"] for row in rows}
        for item, parts in moment["before"]["values"].items():
            for part, value in parts.items():
                stored = self._is_stored(int(item), part, value, edits, datetime.now(UTC))
                if item != "0" and not stored and here.get((int(item), part)) != value:
                    raise Lie(f"{part} of {item} is {value}, neither stored nor kept; the line says {line!r}")
        self._shown(moment["before"]["values"])

    def _shown(self, values):
        for (_window, item, part), value in self.given.items():
            if values[str(item)][part] != value:
                raise Lie(f"{part} of {item} shows {values[str(item)][part]}, given was {value}")

    # ---- The end ----

    def settle(self):
        """Fair weather: everything arrives, conflicts are chosen, and the record holds each thing once."""
        if self.card_status() == "submitted":
            return
        self._fault("")
        until = time.monotonic() + 20
        while True:
            self._wake()
            lines = [page.evaluate("kitProbe()")["line"] for page in self.windows]
            if all(line.startswith(("Saved", "Saves")) for line in lines):
                break
            if time.monotonic() > until:
                raise Lie(f"did not settle: {lines}")
            for page in self.windows:
                page.evaluate(
                    f"document.querySelector('.troubles [data-{self.dice.choice(('keep', 'take'))}]')?.click()"
                )
            self.windows[0].wait_for_timeout(60)
        self.judge()
        self._arrived()

    def _arrived(self):
        edits = self.edits()
        rows = {score.item_id: score for score in Score.objects.filter(scorecard=self.card)}
        for (_window, item, part), value in self.given.items():
            row = {name: getattr(rows[item], name) for name in PARTS[part]}
            history = [fields for of, which, fields, *_ in edits if (of, which) == (item, part)]
            if value not in history:
                raise Lie(f"lost: {part} of {item} was {value}, the record has {history}")
            if len(self.windows) == 1 and row != value:
                raise Lie(f"{part} of {item} is {row}, given last was {value}")
        stamps = list(ScoreEdit.objects.filter(score__scorecard=self.card).values_list("score", "client", "sequence"))
        if len(stamps) != len(set(stamps)):
            raise Lie(f"one edit is in the record twice: {stamps}")
        given = [(of, part, tuple(fields.values())) for of, part, fields, _status, applied, _at in edits if applied]
        if len(self.windows) == 1 and len(given) != len(set(given)):
            raise Lie(f"doubled: {given}")

    def close(self):
        for page in self.windows[1:]:
            page.close(run_before_unload=False)
        self.stage.window = self.windows[0]


class Stage:
    """The browser of one interviewer, who holds one interview after the other."""

    def __init__(self, open_page, interviewer):
        self.open_page, self.interviewer, self.play_now = open_page, interviewer, None
        self.window = None  # stays for the next interview, as a person's window does
        self.context = open_page(interviewer).context
        self.context.add_init_script(PROBE)
        self.context.route(re.compile(r"/(score/\d+|notes|submit)/$"), self._weather)

    def _weather(self, route):
        self.play_now.weather(route)

    def cookies(self):
        """Of a new sign-in of the same person."""
        again = self.open_page(self.interviewer).context
        cookies = [cookie for cookie in again.cookies() if cookie["name"] == "sessionid"]
        again.close()
        return cookies

    def play(self, card, seed, steps=None):
        """Raises Lie with the steps so far."""
        self.play_now = Play(self, card, seed)
        try:
            self.play_now.run(steps or draw(seed))
        except (AssertionError, Error) as problem:
            raise Lie(f"seed {seed}, after {self.play_now.log}: {problem}") from problem
        finally:
            self.play_now.close()
