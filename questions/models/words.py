"""The index of words: what a database's own search is asked, in its own tongue."""

from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from foundation.fields import Line, TextField
from questions.sought import LONGEST, Sought, Term

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

# What stands in title, prompt and tags says more of a question than its rubric. FTS5 takes them in this order, PostgreSQL
# the other way round: D (rubric), C (tags), B (prompt), A (title).
FTS5_WEIGHTS = "8.0, 5.0, 5.0, 1.0"
TS_WEIGHTS = "{0.1, 0.6, 0.6, 1.0}"


class Words(TextField):
    """All words of one version. On SQLite the column by which a full-text table is searched, else a tsvector."""


class IndexedVersion(models.Model):
    """The words of one version: of what is listed, of what was until it was retired, and of drafts.

    Written by `questions/index.py` alone, in the transaction that writes the version. SQLite keeps it as a full-text
    table, in which nothing but the row's number and its words can be named, so Django does not make it.
    """

    version = models.OneToOneField(
        "questions.QuestionVersion",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="indexed",
    )
    words = Words(db_column="questions_words")

    class Meta:
        managed = False
        db_table = "questions_words"

    def __str__(self) -> str:
        return f"words of {self.version_id}"


class Word(models.Model):
    """A word that stands in some question that was listed, spelled out: what a slip may have been meant for."""

    text = Line(max_length=LONGEST, unique=True)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["length", "text"], name="questions_words_by_length")]

    def __str__(self) -> str:
        return self.text


class _Has(models.Lookup):
    """Compares a version's words with a tuple of terms."""

    prepare_rhs = False
    rhs: tuple[Term, ...]
    fts5_joint = tsquery_joint = ""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*values, self.fts5_joint.join(map(_fts5, self.rhs))]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*values, self.tsquery_joint.join(map(_tsquery, self.rhs))]


@Words.register_lookup
class HasAll(_Has):
    lookup_name, fts5_joint, tsquery_joint = "has_all", " AND ", " & "


@Words.register_lookup
class HasAny(_Has):
    lookup_name, fts5_joint, tsquery_joint = "has_any", " OR ", " | "


class Rank(models.Func):
    """How well a version that has all `terms` answers them: the least is the best."""

    output_field = models.FloatField()

    def __init__(self, words: str, terms: tuple[Term, ...]) -> None:
        super().__init__(models.F(words))
        self.terms = terms

    def as_sqlite(self, compiler: SQLCompiler, *_: object, **_options: object) -> tuple[str, tuple[str | int, ...]]:
        column, values = compiler.compile(self.source_expressions[0])
        return f"bm25({column}, {FTS5_WEIGHTS})", tuple(values)

    def as_postgresql(self, compiler: SQLCompiler, *_: object, **_options: object) -> tuple[str, list[Any]]:
        column, values = compiler.compile(self.source_expressions[0])
        sought = HasAll.tsquery_joint.join(map(_tsquery, self.terms))
        return f"-ts_rank('{TS_WEIGHTS}', {column}, %s::tsquery)", [*values, sought]


def with_words(found: Rows, words: str, version: str) -> Rows:
    """Those of `found` whose version (at the path `version`) has all that `words` ask for, in no order.

    Where not a letter or figure is asked for, nothing has it; where nothing is, everything does.
    """
    sought = Sought.of(words)
    if not sought:
        return found
    if not sought.terms and not sought.without:
        return found.none()
    path = "" if version == "pk" else f"{version}__"
    if sought.terms:
        found = found.filter(**{f"{path}indexed__words__has_all": sought.terms})
    if sought.without:
        unwanted = IndexedVersion.objects.filter(words__has_any=sought.without)
        found = found.exclude(**{f"{version}__in": unwanted.values("version")})
    return found


# A word is letters and figures alone (`words_of`), so that nothing in it can be taken for a sign of either language.
def _fts5(term: Term) -> str:
    as_it_stands = f'"{" ".join(term.stems)}"'
    if not term.beginning:
        return as_it_stands
    return f'({as_it_stands} OR "{" ".join((*term.stems[:-1], term.beginning))}" *)'


def _tsquery(term: Term) -> str:
    *before, last = (f"'{word}'" for word in term.stems)
    ends = [last, f"'{term.beginning}':*"] if term.beginning else [last]
    return f"({' | '.join(' <-> '.join((*before, end)) for end in ends)})"
