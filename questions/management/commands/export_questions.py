from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.running import open_once
from foundation.lifecycle import Refused
from questions.exporting import FORMATS
from questions.models import Competency
from questions.records import drafted_records, published_records


class Command(BaseCommand):
    help = "Print the published bank of this house. A house that was never opened gets the starter bank first."
    requires_system_checks = ()  # opening the house runs them, once the database has answered

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", dest="form", default="json", metavar="NAME", help="json (default), csv, xlsx or md"
        )
        parser.add_argument("--competency", default="", metavar="SLUG", help="only the questions of this competency")
        parser.add_argument("--drafts", action="store_true", help="what is not published yet, instead of the bank")

    def handle(self, *_: Any, form: str, competency: str, drafts: bool, **__: Any) -> None:
        if form not in FORMATS:
            raise CommandError(f"There is no format “{form}”. Choose one of: {', '.join(FORMATS)}.")
        try:
            open_once(settings.HOUSE, self.stderr)
        except Refused as problem:
            raise CommandError(str(problem.sentence)) from problem
        known = sorted(Competency.objects.values_list("slug", flat=True))
        if competency and competency not in known:
            raise CommandError(f"There is no competency “{competency}”. Choose one of: {', '.join(known)}.")
        records = drafted_records(competency) if drafts else published_records(competency)
        told = FORMATS[form].write(records)
        # UTF-8 whatever the terminal's language; without a buffer it is not a terminal or file that we write to.
        if buffer := getattr(self.stdout, "buffer", None):
            buffer.write(told)
        else:
            self.stdout.write(told.decode(), ending="")
