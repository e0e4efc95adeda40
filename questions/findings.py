"""What a rule of the rubric standard says of a version."""

from dataclasses import dataclass

from django.utils.functional import Promise

# The one error that a person may overrule, with a reason on record: the words of these topics may be meant otherwise.
OVERRULABLE = "E5"


@dataclass(frozen=True)
class Finding:
    """What one rule found, the form field where it is mended, and a sentence that says how."""

    rule: str
    field: str
    sentence: str | Promise

    @property
    def is_error(self) -> bool:
        """Errors keep a version out of the bank; warnings go on record with it."""
        return self.rule.startswith("E")

    @property
    def severity(self) -> str:
        return "error" if self.is_error else "warning"

    @property
    def may_be_overruled(self) -> bool:
        return not self.is_error or self.rule == OVERRULABLE
