"""How far the mean of several interviewers can be relied on: what is known of one of them, stepped up. Pure.

Single-rater reliabilities: Huffcutt, Culbertson & Weyhrauch (2013), 125 coefficients from 32,428 interviews: .44 between
interviewers who meet the candidate separately, .74 between members of one panel. Stepped up by the formula of Spearman
(1910) and Brown (1910). The two figures answer different questions and are never pooled. Nothing confirmed is published
for a single question, so the number of questions goes into no figure.
"""

from dataclasses import dataclass
from math import ceil

SEPARATE, PANEL = 0.44, 0.74
# What a decision about a person is commonly asked to rest on.
GOOD = 0.80


def stepped_up(single: float, raters: int) -> float:
    """The reliability of the mean of `raters` ratings, each of reliability `single` (0 to 1); 0 for no rating."""
    return raters * single / (1 + (raters - 1) * single) if raters else 0.0


def raters_for(single: float, wanted: float) -> int:
    """How many ratings of reliability `single` a mean takes to reach `wanted`; both between 0 and 1."""
    exactly = wanted * (1 - single) / (single * (1 - wanted))
    return ceil(exactly - 1e-9)


@dataclass(frozen=True)
class Expected:
    """What to expect of a plan: of its separate interviews, and of every one that several people hold together."""

    interviews: int
    panels: tuple[tuple[str, int], ...]

    @property
    def of_loop(self) -> float:
        return stepped_up(SEPARATE, self.interviews)

    @property
    def of_panels(self) -> tuple[tuple[str, int, float], ...]:
        """(stage, interviewers, reliability) of each interview with more than one interviewer."""
        return tuple((name, people, stepped_up(PANEL, people)) for name, people in self.panels)

    @property
    def enough(self) -> int:
        """How many separate interviews would reach what is commonly called good."""
        return raters_for(SEPARATE, GOOD)
