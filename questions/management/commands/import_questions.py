import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.running import open_once
from foundation.lifecycle import Refused
from questions.importing import Fate, Planned, import_drafts, plan
from questions.intake.found import Haul, Unreadable
from questions.intake.reading import read
from questions.intake.sniffing import refuse_too_large
from questions.models import QuestionVersion


class Command(BaseCommand):
    help = "Show the questions of a sheet, a file or an article; with --commit, make drafts of them. None is published."
    requires_system_checks = ()  # opening the house runs them, once the database has answered

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="CSV, XLSX, Markdown, JSON, HTML or plain text")
        parser.add_argument("--sheet", default="", metavar="NAME", help="of a workbook; else the first with questions")
        parser.add_argument("--commit", action="store_true", help="write the drafts; without it nothing is written")
        parser.add_argument("--json", action="store_true", help="print a list of objects")

    def handle(self, *_: Any, path: Path, sheet: str, commit: bool, **options: Any) -> None:
        haul = _read(path, sheet)
        try:
            open_once(settings.HOUSE, self.stderr)
        except Refused as problem:
            raise CommandError(str(problem.sentence)) from problem
        planned = plan(haul.found)
        drafts = import_drafts(planned=planned, by=None) if commit else []
        self._tell_what_is_left(haul, planned)
        if options["json"]:
            self._write(json.dumps(_objects(planned), ensure_ascii=False, indent=2) + "\n")
        else:
            self._write(
                "".join(
                    f"{one.found.number:>4}  {one.found.prompt}\n" for one in planned if one.fate is not Fate.FAULTY
                )
            )
        written = (
            f"{len(drafts)} drafts were made." if commit else "Nothing was written; --commit makes drafts of them."
        )
        self.stderr.write(f"{len(planned)} questions were found. {written}")

    def _tell_what_is_left(self, haul: Haul, planned: Sequence[Planned]) -> None:
        for left in haul.left_out:
            self.stderr.write(f"Left out, {left.where}: {left.why}. {left.text[:100]}" if left.where else left.why)
        for one in planned:
            if not one.will_be_written:
                self.stderr.write(f"Left out, {one.found.where}: {one.sentence} {one.found.prompt[:100]}")

    def _write(self, text: str) -> None:
        # UTF-8 whatever the terminal's language; without a buffer it is not a terminal or file that we write to.
        if buffer := getattr(self.stdout, "buffer", None):
            buffer.write(text.encode())
        else:
            self.stdout.write(text, ending="")


def _read(path: Path, sheet: str) -> Haul:
    try:
        refuse_too_large(path.stat().st_size)
        return read(path.read_bytes(), path.name, sheet=sheet)
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem
    except Unreadable as problem:
        raise CommandError(f"{path.name}: {problem}") from problem


def _objects(planned: Sequence[Planned]) -> list[dict[str, Any]]:
    keys = {twin.version for one in planned for twin in one.twins if twin.version}
    versions = QuestionVersion.objects.select_related("question").in_bulk(keys)
    return [
        {
            "number": one.found.number,
            "prompt": one.found.prompt,
            "guidance": one.found.guidance,
            "duplicates": [_twin(twin, planned, versions) for twin in one.twins],
            "competency": one.competency,
            "level": one.content.fields["level"],
            "type": one.content.fields["kind"],
            "where": one.found.where,
        }
        for one in planned
        if one.fate is not Fate.FAULTY
    ]


def _twin(twin: Any, planned: Sequence[Planned], versions: dict[int, QuestionVersion]) -> dict[str, Any]:
    similarity = round(twin.similarity, 3)
    if twin.place is not None:
        return {"number": planned[twin.place].found.number, "similarity": similarity}
    version = versions[twin.version]
    return {"slug": version.question.slug, "title": version.title, "similarity": similarity}
