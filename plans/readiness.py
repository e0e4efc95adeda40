"""What stands between a draft and being asked: obstacles refuse the activation, cautions are only said."""

from plans.outline import Outline
from plans.plan_lint import findings_in


def obstacles(outline: Outline) -> list[str]:
    """One sentence for each thing without which the plan cannot be put in force."""
    return [finding.sentence for finding in findings_in(outline) if finding.blocks]


def cautions(outline: Outline) -> list[str]:
    """One sentence for each thing to look at twice. The plan may go in force all the same."""
    return [finding.sentence for finding in findings_in(outline) if not finding.blocks]
