from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.working import work


class Command(BaseCommand):
    help = "Do what is queued, like PDFs ahead of the click. `./run` and `./run serve` keep one such worker themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keeper", type=int, default=0, help="end with this process, the parent")

    def handle(self, *_: Any, keeper: int, **__: Any) -> None:
        work(keeper)
