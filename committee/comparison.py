"""What a packet says beside others: the error of its composite, and the other candidates of the role."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

TIED, APART = "tied", "apart"


@dataclass(frozen=True)
class Uncertainty:
    """The standard errors of the composite in points of the scale, or the obstacle because of which there are none.

    `relative` holds between candidates who met the same interviewers and questions, `absolute` between any two.
    `set_to_zero` names the variance components that came out negative.
    """

    needed: int
    so_far: int
    obstacle: str
    relative: Fraction | None
    absolute: Fraction | None
    set_to_zero: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return not self.obstacle

    @property
    def set_to_zero_words(self) -> list[str]:
        words = {"p": _("candidate"), "q": _("question"), "r": _("interviewer")}
        return [" × ".join(words[facet] for facet in effect) for effect in self.set_to_zero]


@dataclass(frozen=True)
class Peer:
    """Another candidate of the role with every card in.

    `only_one` counts the questions put to one of the two alone, `versions` those put to both in different versions.
    `composite` and `verdict` ("tied" or "apart" at 95 %) are there only where the two may be compared.
    """

    code: str
    plan: int
    interviewers: int
    only_one: int
    versions: int
    composite: Fraction | None
    verdict: str


@dataclass(frozen=True)
class PeerGroup:
    """Other candidates for whom the same things were different."""

    plan: int
    interviewers: int
    only_one: int
    versions: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Peers stand in the order of their codes: no number puts them in a row."""

    uncertainty: Uncertainty
    interviewers: int
    plan: int
    peers: tuple[Peer, ...]

    @property
    def tied(self) -> list[Peer]:
        return [peer for peer in self.peers if peer.verdict == TIED]

    @property
    def apart(self) -> list[Peer]:
        return [peer for peer in self.peers if peer.verdict == APART]

    @property
    def alike(self) -> list[Peer]:
        """Those who had the same questions in the same versions, and as many interviewers."""
        return [peer for peer in self.peers if self._is_alike(peer)]

    @property
    def unlike(self) -> list[PeerGroup]:
        groups: dict[tuple[int, int, int, int], list[str]] = {}
        for peer in self.peers:
            if not self._is_alike(peer):
                key = (peer.plan, peer.interviewers, peer.only_one, peer.versions)
                groups.setdefault(key, []).append(peer.code)
        return [PeerGroup(*key, tuple(codes)) for key, codes in sorted(groups.items())]

    def _is_alike(self, peer: Peer) -> bool:
        return not peer.only_one and not peer.versions and peer.interviewers == self.interviewers
