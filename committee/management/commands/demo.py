from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.running import prepare, refuse_taken, serve_forever
from committee.demo import load_demo
from foundation import clock
from foundation.lifecycle import Refused

# The story that fixtures/demo.toml tells begins three and a half months back; its questions were there before.
BEFORE_THE_STORY = timedelta(weeks=20)


class Command(BaseCommand):
    help = "Prepare a house of invented people and open it on this machine. Doing it again changes nothing."
    requires_system_checks = ()  # `prepare` runs them, once the database has answered

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only prepare")

    def handle(self, *_: Any, no_serve: bool, **__: Any) -> None:
        if settings.HOUSE != "demo":
            raise CommandError("This house is set up for real work. The demo is started with: ./run")
        if not no_serve:
            refuse_taken()
        try:
            with clock.at(clock.now() - BEFORE_THE_STORY):
                prepare("demo")
            load_demo(Path(settings.BASE_DIR, "fixtures/demo.toml"))
        except Refused as problem:
            raise CommandError(str(problem.sentence)) from problem
        self.stdout.write(f"Demo ready: {settings.SITE_URL}")
        self.stdout.flush()
        if not no_serve:
            serve_forever()
