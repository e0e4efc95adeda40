import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.assembly.choosing import PATIENCE, assemble
from plans.assembly.reading import SpecError, spec_from, unknown_keys
from plans.assembly.spec import Undecided
from plans.assembly.writing import sentences, written

# A day; nobody waits longer for a plan.
LONGEST = 86_400


class Command(BaseCommand):
    help = "Choose questions by an integer program: the most value in the minutes, within limits. Opens no house."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "spec",
            metavar="SPEC.json",
            help="what to choose from and within which limits; - reads it from standard input",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the answer as JSON")
        parser.add_argument(
            "--seconds", type=float, default=PATIENCE, help="after which the best so far is taken; 30 unless told"
        )

    def handle(self, *_: Any, spec: str, as_json: bool, seconds: float, **__: Any) -> None:
        if not 0 < seconds < LONGEST:
            raise CommandError(f"--seconds must be more than 0 and less than {LONGEST}.", returncode=2)
        try:
            text = _text_of(spec)
            wanted = spec_from(text)
        except SpecError as problem:
            raise CommandError(f"{spec} is no spec: {problem}.", returncode=2) from None
        for name in unknown_keys(text):
            self.stderr.write(f"“{name}” means nothing in a spec and is passed over.")
        try:
            answer = assemble(wanted, seconds=seconds)
        except Undecided:
            raise CommandError(
                f"{seconds:g} seconds were too few to find a choice or to show that there is none. Give more: --seconds 120"
            ) from None
        except ArithmeticError as problem:
            raise CommandError(f"The solver gave no answer that holds: {problem}.") from None
        said = json.dumps(written(answer), ensure_ascii=False) if as_json else "\n".join(sentences(answer))
        self.stdout.write(said)


def _text_of(spec: str) -> str:
    try:
        return sys.stdin.read() if spec == "-" else Path(spec).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise SpecError(f"it cannot be read ({problem.strerror})") from problem
    except UnicodeDecodeError:
        raise SpecError("it is not text in UTF-8") from None
