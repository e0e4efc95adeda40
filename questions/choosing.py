"""What of the bank is to leave the house as a file or on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from accounts.models import User
from questions.models import QuestionVersionQuerySet
from questions.policies import drafts_readable_by, versions_readable_by
from questions.search import Wanted


@dataclass(frozen=True)
class Chosen:
    """All that is wanted of the list or, with `ticked`, what stands in that list for these questions, by their keys."""

    wanted: Wanted
    ticked: Sequence[int] | None = None

    def versions(self, user: User) -> QuestionVersionQuerySet:
        """As `user` may read them, in no order. What is ticked stays so, whatever the list says of it by now."""
        if self.ticked is None:
            return self.wanted.versions(user)
        is_draft = self.wanted.state == "drafts"
        found = drafts_readable_by(user) if is_draft else versions_readable_by(user).filter(listing__isnull=False)
        return found.filter(question__in=self.ticked)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an address says of it."""
        if self.ticked is None:
            return [*self.wanted.pairs.items()]
        return [*(("question", str(key)) for key in self.ticked), ("back", self.wanted.query)]

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""
