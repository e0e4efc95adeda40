from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from questions.bank import BankFault, load_bank
from questions.models import Question


class Command(BaseCommand):
    help = "Put the starter bank into the database. Loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.BASE_DIR, "fixtures/bank"))

    def handle(self, *_: Any, folder: Path, **__: Any) -> None:
        if Question._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There is no house here yet. Open it once, with the starter bank in it: ./run serve")
        try:
            self.stdout.write(str(load_bank(folder)))
        except BankFault as fault:
            raise CommandError(str(fault)) from fault
