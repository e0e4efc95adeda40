"""Keeping the index of words, on SQLite (FTS5) and on PostgreSQL (tsvector), in the transaction that writes a version.

A row holds the words of one version in four columns, title, prompt, tags and rubric. `IndexedVersion` reads it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.richtext import in_words
from questions.content import Content
from questions.models import QuestionVersion, Word
from questions.sought import stem, words_of

RUBRIC = ("purpose", "look_for", "must_have", "nice_to_have", "red_flags", "scoring_note", "material")
# Shorter ones are too like each other for a slip in them to be understood.
SHORTEST = 4
# PostgreSQL knows no place beyond, and a phrase must not run on from one column into the next.
_LAST_PLACE, _GAP = 16_383, 8
_AT_ONCE = 1000

Texts = tuple[str, str, str, str]


def texts_of(fields: Mapping[str, Any], anchors: Iterable[str]) -> Texts:
    """What of a version is indexed; of a formula, its words."""
    rubric = "\n\n".join([*(fields.get(name, "") for name in RUBRIC), *anchors])
    return fields.get("title", ""), in_words(fields.get("prompt", "")), fields.get("tags", ""), in_words(rubric)


def index_versions(said: Iterable[tuple[QuestionVersion, Content]]) -> None:
    """Let each version be found by what it says here. Part of the caller's transaction."""
    write(connection, ((version.pk, texts_of(content.fields, content.anchors.values())) for version, content in said))


def forget_versions(versions: Iterable[int]) -> None:
    """Let these, by their keys, be found no more. Part of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM questions_words WHERE rowid = %s", [[pk] for pk in versions])


def learn_words(versions: Iterable[QuestionVersion]) -> None:
    """Let what was mistyped be put right to the words of these, which everybody may read. They are never unlearnt."""
    found = {word for version in versions for word in spelt(texts_of(vars(version), ()))}
    Word.objects.bulk_create([Word(text=word, length=len(word)) for word in sorted(found)], ignore_conflicts=True)


def spelt(texts: Texts) -> set[str]:
    """The words for which a slip may be taken."""
    return {word for text in texts for word in words_of(text) if len(word) >= SHORTEST and word.isalpha()}


def write(database: BaseDatabaseWrapper, rows: Iterable[tuple[int, Texts]]) -> None:
    """Put each row, by the key of its version, in place of the one before it."""
    rest = iter(rows)
    with database.cursor() as cursor:
        while some := list(islice(rest, _AT_ONCE)):
            if database.vendor == "sqlite":
                cursor.executemany("DELETE FROM questions_words WHERE rowid = %s", [[pk] for pk, _texts in some])
                cursor.executemany(
                    "INSERT INTO questions_words (rowid, title, prompt, tags, rubric) VALUES (%s, %s, %s, %s, %s)",
                    [_columns(pk, texts) for pk, texts in some],
                )
            else:
                cursor.executemany(
                    "INSERT INTO questions_words (rowid, questions_words) VALUES (%s, %s::tsvector) "
                    "ON CONFLICT (rowid) DO UPDATE SET questions_words = excluded.questions_words",
                    [[pk, _tsvector(texts)] for pk, texts in some],
                )


def _columns(pk: int, texts: Texts) -> list[int | str]:
    return [pk, *(" ".join(map(stem, words_of(text))) for text in texts)]


def _tsvector(texts: Texts) -> str:
    """The words with their places, and the weight of the column in which each stands."""
    places, start = defaultdict[str, list[str]](list), 1
    for text, weight in zip(texts, "ABCD", strict=True):
        stems = [stem(word) for word in words_of(text)]
        for place, word in enumerate(stems, start):
            places[word].append(f"{min(place, _LAST_PLACE)}{weight}")
        start += len(stems) + _GAP
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


# What the migration makes; `IndexedVersion` says why no model can.
_FULL_TEXT = "fts5(title, prompt, tags, rubric, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')"
TABLES = {
    "sqlite": [f"CREATE VIRTUAL TABLE questions_words USING {_FULL_TEXT}"],
    "postgresql": [
        "CREATE TABLE questions_words (rowid bigint PRIMARY KEY, questions_words tsvector NOT NULL)",
        "CREATE INDEX questions_words_found ON questions_words USING gin (questions_words)",
    ],
}
