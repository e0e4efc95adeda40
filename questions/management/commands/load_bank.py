from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.bank import BankFault, load_bank


class Command(BaseCommand):
    help = "Put the starter bank into the database. Loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.BASE_DIR, "fixtures/bank"))

    def handle(self, *_: Any, folder: Path, **__: Any) -> None:
        try:
            self.stdout.write(str(load_bank(folder)))
        except BankFault as fault:
            raise CommandError(str(fault)) from fault
