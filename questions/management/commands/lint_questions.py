import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.running import open_once
from foundation.lifecycle import Refused
from questions.reading import Linted, Unreadable, lint_file, lint_house


class Command(BaseCommand):
    help = "Say what the rubric rules find in a file of question records, or in the published bank of this house."
    requires_system_checks = ()  # opening the house runs them, once the database has answered

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="a TOML or JSON file; without one, the house's bank")
        parser.add_argument("--json", action="store_true", dest="as_json", help="a list of objects, one a finding")

    def handle(self, *_: Any, path: Path | None, as_json: bool, **__: Any) -> None:
        try:
            found = lint_file(path) if path else self._of_the_house()
        except (Unreadable, Refused) as problem:
            raise CommandError(str(problem)) from problem
        if as_json:
            self.stdout.write(json.dumps([one.as_record() for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(str(one))
        errors = sum(one.finding.is_error for one in found)
        self.stdout.write(f"Errors: {errors}, warnings: {len(found) - errors}")

    def _of_the_house(self) -> list[Linted]:
        open_once(settings.HOUSE, self.stderr)
        return lint_house()
