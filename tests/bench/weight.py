"""What a page weighs cold: every page in a real Chromium that has seen none yet, on the real server."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext

from tests.bench._demo import chromium, demo, signed_in
from tests.bench.figures import Figure

KILOBYTE = 1000
MOST_KILOBYTES, MOST_REQUESTS = 250, 20
# Measured 2026-11 on the same work with the same browser: KB, requests and, of the list, elements. A list of 50, and the
# scoring page. Peers' CPU and clock are not set beside ours: they were taken on another day of a busy machine, and only
# ratios within one run hold. Nor is the size of their code or what services they need: that no run can measure.
PEERS = {
    "list": {"pretalx 2026.2.1": (256, 42, 850), "Kiwi TCMS 16.2": (5058, 42, 1190), "Horilla": (4249, 85, 1145)},
    "score": {"pretalx 2026.2.1": (234, 38), "Kiwi TCMS 16.2": (5160, 51)},
}
LISTS = ("questions-question_list", "interviews-candidate_list", "plans-role_list", "committee-application_list")


@dataclass(frozen=True)
class Page:
    """What came over the wire for one page, headers included."""

    name: str
    bytes_by_kind: Counter[str]
    requests: int
    elements: int

    @property
    def kilobytes(self) -> float:
        return self.bytes_by_kind.total() / KILOBYTE

    @property
    def without_fonts(self) -> float:
        return self.kilobytes - self.bytes_by_kind["Font"] / KILOBYTE

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind.lower()} {size / KILOBYTE:.0f}" for kind, size in self.bytes_by_kind.most_common())
        return f"{self.name} {self.kilobytes:.0f} KB in {self.requests} ({kinds})"


def figures() -> Iterator[Figure]:
    pages = _weighed()
    heaviest = sorted(pages, key=lambda page: -page.kilobytes)
    worst = "; ".join(str(page) for page in heaviest[:4])
    yield Figure(f"heaviest of {len(pages)} pages, cold", heaviest[0].kilobytes, MOST_KILOBYTES, "KB", worst)
    bare = max(pages, key=lambda page: page.without_fonts)
    yield Figure("heaviest page without its fonts", bare.without_fonts, MOST_KILOBYTES - 110, "KB", bare.name)
    busiest = max(pages, key=lambda page: page.requests)
    yield Figure("most requests of a page", busiest.requests, MOST_REQUESTS, "requests", busiest.name)
    for kind, peers in PEERS.items():
        ours = [
            page for page in pages if page.name.startswith(LISTS if kind == "list" else "interviews-interview_score")
        ]
        units = ("KB", "requests", "elements")
        for unit, measured in zip(units, zip(*peers.values(), strict=True), strict=False):
            most = max(
                {"KB": page.kilobytes, "requests": page.requests, "elements": page.elements}[unit] for page in ours
            )
            beside = ", ".join(f"{name} {number:,}" for name, number in zip(peers, measured, strict=True))
            yield Figure(f"{kind} page ahead of peers", most, min(measured) - 1, unit, beside)


def _weighed() -> list[Page]:
    with demo() as house, chromium() as browser:
        people = {email: signed_in(browser, house, email) for email in {page[1] for page in house.pages}}
        return [_weigh(people[email], house.address, name, path) for name, email, path in house.pages]


def _weigh(context: BrowserContext, origin: str, name: str, path: str) -> Page:
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    # Emptied and not turned off: what the scoring page keeps for a lost connection it takes from there, once it has loaded.
    wire.send("Network.clearBrowserCache")
    wire.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "cache_storage,service_workers"})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    asked: dict[str, str] = {}
    kept: set[str] = set()
    wire.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    wire.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    wire.on("Network.responseReceived", lambda event: _note(event, kinds, kept))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(path, wait_until="networkidle")
    elements = page.locator("*").count()
    page.close()
    sent = [one for one, url in asked.items() if one not in kept and not url.startswith("data:")]
    by_kind: Counter[str] = Counter()
    for one in sent:
        by_kind[kinds.get(one, "Other")] += sizes.get(one, 0)
    return Page(name, by_kind, len(sent), elements)


def _note(event: dict[str, Any], kinds: dict[str, str], kept: set[str]) -> None:
    kinds[event["requestId"]] = event["type"]
    if event["response"].get("fromDiskCache") or event["response"].get("fromServiceWorker"):
        kept.add(event["requestId"])
