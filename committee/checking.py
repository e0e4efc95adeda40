"""Whether a printed packet, and the one that was decided on, still say what the packet says today."""

import json
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from committee.gathering import gather_packet
from committee.models import Decision
from committee.packet import Packet
from committee.policies import packets_open_to
from foundation.frozen import ERASED
from interviews.models import Application


@dataclass(frozen=True)
class CheckedPaper:
    """`decision` is the one that was made on exactly this paper, if any was."""

    application: Application
    digest: str
    is_current: bool
    decision: Decision | None


def has_changed_since(decision: Decision | None, packet: Packet) -> bool:
    """Whether the packet says something else by now than what was decided on.

    Facts that the form of that time did not have yet are no change, and erased ones tell nothing.
    """
    if decision is None or decision.facts_digest == packet.digest or decision.facts == ERASED:
        return False
    return not _is_still_said(json.loads(decision.facts), json.loads(packet.facts))


def _is_still_said(then: Any, now: Any) -> bool:
    if isinstance(then, dict):
        return all(name in now and _is_still_said(fact, now[name]) for name, fact in then.items() if name != "form")
    if isinstance(then, list):
        return len(then) == len(now) and all(map(_is_still_said, then, now))
    return bool(then == now)


def check_paper(number: tuple[str, str], user: User) -> CheckedPaper | None:
    """None where `user` may read no packet of a candidate with this code, whether there is one or not.

    `number` is the code and the first twelve characters of a digest.
    """
    code, printed = number
    found = None
    for application in packets_open_to(user).filter(candidate__code=code).order_by("-pk"):
        digest = gather_packet(application).digest
        decided = application.decisions.filter(facts_digest__startswith=printed).select_related("decided_by").first()
        checked = CheckedPaper(application, digest, digest.startswith(printed), decided)
        if checked.is_current or checked.decision:
            return checked
        found = found or checked
    return found
