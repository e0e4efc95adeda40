"""Whether a printed packet still says what the packet says today."""

from dataclasses import dataclass

from accounts.models import User
from committee.gathering import gather_packet
from committee.models import Decision
from committee.policies import packets_open_to
from interviews.models import Application


@dataclass(frozen=True)
class CheckedPaper:
    """`decision` is the one that was made on exactly this paper, if any was."""

    application: Application
    digest: str
    is_current: bool
    decision: Decision | None


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
