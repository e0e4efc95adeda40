from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.running import first_link, prepare, reaches_beyond, refuse_taken, serve_forever
from foundation.lifecycle import Refused


class Command(BaseCommand):
    help = "Open the house for real: the question bank, no people, and a one-time link for the first administrator."
    requires_system_checks = ()  # `prepare` runs them, once the database has answered

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only prepare")
        parser.add_argument("--bind", default="", help="address and port to serve on; 127.0.0.1:PORT unless told")

    def handle(self, *_: Any, no_serve: bool, bind: str, **__: Any) -> None:
        if settings.HOUSE != "real":
            raise CommandError("This is the demo's house. Real work is started with: ./run serve")
        if reaches_beyond(bind or "127.0.0.1:1") and not settings.IS_HTTPS:
            raise CommandError("Serving other machines needs SITE_URL=https://… and an HTTPS proxy in front.")
        if not no_serve:
            refuse_taken(bind)
        try:
            prepare("real")
        except Refused as problem:
            raise CommandError(str(problem.sentence)) from problem
        self.stdout.write(f"Interview Kit: {settings.SITE_URL}")
        if link := first_link():
            self.stdout.write(f"Nobody lives here yet. Make the first administrator (once, within 72 hours):\n{link}")
        self.stdout.flush()
        if not no_serve:
            serve_forever(bind)
