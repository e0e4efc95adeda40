"""What the database itself refuses: triggers, declared per app in `<app>/frozen.py`, on SQLite and PostgreSQL.

SQLite drops a table's triggers whenever it remakes the table, and will not rename a table that another's trigger names.
So all are taken down before a migrate and put back after it; a check fails while one is missing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.lifecycle import Lifecycle

ERASED = "[erased]"
PREFIX = "kit_"


@dataclass(frozen=True)
class Rule:
    """One refusal: rows of `table` for which SQL `refused` (over OLD and NEW) is true, at these `events`."""

    table: str
    events: tuple[str, ...]
    refused: str
    sentence: str


@dataclass(frozen=True)
class Frozen:
    """Rows of `model` may not change or go while `when` holds (SQL over `{row}`), and may not leave it.

    `mutable` columns may change all the same, `lifecycle` says to what; `personal` ones only to "[erased]", only once,
    and only while `erased` holds. A `part` belongs to a frozen whole, so no new one may come either.
    """

    model: str
    when: str
    mutable: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    erased: str = ""
    part: bool = False

    def rules(self) -> Iterator[Rule]:
        model = apps.get_model(self.model)
        table = model._meta.db_table
        sentence = f"{table} is frozen"
        old, new = (f"({self.when.format(row=row)})" for row in ("OLD", "NEW"))
        columns = [f.column for f in model._meta.concrete_fields if f.column not in self.mutable]
        broken = [_changed(c) for c in columns if c not in self.personal]
        for column in self.personal:
            allowed = f"NEW.\"{column}\" = '{ERASED}' AND ({self.erased.format(row='NEW')})"
            broken.append(f"({_changed(column)} AND NOT ({allowed}))")
        leaving = f"NOT COALESCE({new}, FALSE)"
        yield Rule(table, ("UPDATE",), f"{old} AND ({' OR '.join([*broken, leaving])})", sentence)
        yield Rule(table, ("DELETE",), old, sentence)
        yield Rule(table, ("TRUNCATE",), "TRUE", sentence)
        if self.part:
            yield Rule(table, ("INSERT",), new, sentence)
            yield Rule(table, ("UPDATE",), f"{new} AND NOT COALESCE({old}, FALSE)", sentence)


@dataclass(frozen=True)
class Moves:
    """The status of `model` changes only as `lifecycle` allows."""

    model: str
    lifecycle: Lifecycle

    def rules(self) -> Iterator[Rule]:
        column = self.lifecycle.column
        allowed = " OR ".join(
            f"(OLD.{column} = '{state}' AND NEW.{column} = '{to}')"
            for state, targets in sorted(self.lifecycle.moves.items())
            for to in sorted(targets)
        )
        table = apps.get_model(self.model)._meta.db_table
        yield Rule(table, ("UPDATE",), f"{_changed(column)} AND NOT ({allowed})", f"{table} does not move that way")


@dataclass(frozen=True)
class Holds:
    """SQL `holds` (over `{row}`) is true of every row of `model` that is written."""

    model: str
    holds: str
    sentence: str

    def rules(self) -> Iterator[Rule]:
        table = apps.get_model(self.model)._meta.db_table
        yield Rule(table, ("INSERT", "UPDATE"), f"NOT COALESCE(({self.holds.format(row='NEW')}), FALSE)", self.sentence)


def _changed(column: str) -> str:
    # Spelled so that NULL compares as a value, in both dialects (SQLite knows IS DISTINCT FROM only since 3.39).
    old, new = f'OLD."{column}"', f'NEW."{column}"'
    return f"NOT COALESCE({old} = {new} OR ({old} IS NULL AND {new} IS NULL), FALSE)"


def declared(config: AppConfig) -> dict[str, tuple[str, Rule]]:
    """Trigger name → (event, rule) of one app. The name carries a digest, so a changed rule is a missing trigger."""
    if find_spec(f"{config.name}.frozen") is None or config.name == "foundation":
        return {}
    found = {}
    for declaration in import_module(f"{config.name}.frozen").FROZEN:
        for rule in declaration.rules():
            for event in rule.events:
                mark = hashlib.sha256(f"{event}{rule}".encode()).hexdigest()[:10]
                found[f"{PREFIX}{rule.table}_{event.lower()}_{mark}"] = (event, rule)
    return found


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers of ours that the database holds now."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger of ours: before a migrate, which puts them back, and around a test's flush."""
    for name in standing(connection):
        drop(connection, name)


def drop(connection: BaseDatabaseWrapper, name: str) -> None:
    """Remove one trigger; on PostgreSQL its function is of the same name and takes it along."""
    _run(connection, f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"DROP FUNCTION {name}() CASCADE")


def put_back(connection: BaseDatabaseWrapper) -> None:
    """Create every declared trigger whose table exists and that is not standing; drop what is no longer declared."""
    here, wanted = standing(connection), _wanted(connection)
    for name in here - wanted.keys():
        drop(connection, name)
    for name in wanted.keys() - here:
        for statement in _statements(connection.vendor, name, *wanted[name]):
            _run(connection, statement)


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, Rule]]:
    tables = set(connection.introspection.table_names())
    every = {k: v for config in apps.get_app_configs() for k, v in declared(config).items() if v[1].table in tables}
    # SQLite has no TRUNCATE: its DELETE without WHERE fires the row triggers.
    return {k: v for k, v in every.items() if connection.vendor != "sqlite" or v[0] != "TRUNCATE"}


def _statements(vendor: str, name: str, event: str, rule: Rule) -> list[str]:
    if vendor == "sqlite":
        raising = f"SELECT RAISE(ABORT, '{rule.sentence}');"
        return [f"CREATE TRIGGER {name} BEFORE {event} ON {rule.table} WHEN {rule.refused} BEGIN {raising} END"]
    body = (
        f"BEGIN IF {rule.refused} THEN RAISE EXCEPTION '{rule.sentence}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {'OLD' if event in {'DELETE', 'TRUNCATE'} else 'NEW'}; END"
    )
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $kit$ {body} $kit$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {rule.table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def check_standing(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """E: a declared trigger is missing, so a promise of the record is not being kept."""
    missing = {
        name for alias in databases or [] for name in _wanted(connections[alias]).keys() - standing(connections[alias])
    }
    hint = "Run: ./run migrate"
    return [
        Error(f"The database does not refuse what it must: {name} is missing.", hint, id="kit.E001")
        for name in sorted(missing)
    ]
