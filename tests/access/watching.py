"""What a request did to the database: the statements it made, and whether anything is different afterwards."""

import hashlib
from contextlib import contextmanager

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "WITH", "DECLARE")


class Seen:
    """The statements of one request, without those that open and close transactions."""

    def __init__(self):
        self.statements, self.writes = 0, []

    def __call__(self, execute, sql, params, many, context):
        word = sql.lstrip("( ").split(None, 1)[0].rstrip(";").upper()
        if word not in READING:
            self.writes.append(sql)
        if word not in READING[1:5]:
            self.statements += 1
        return execute(sql, params, many, context)


@contextmanager
def watched():
    seen = Seen()
    with connection.execute_wrapper(seen):
        yield seen


def all_rows(but=()):
    """table → its rows as text, in order, without the columns named in `but`."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = [place for place, column in enumerate(cursor.description) if column[0] not in but]
            found[table] = sorted(repr([row[place] for place in kept]) for row in cursor.fetchall())
    return found


def digest_of_all_tables():
    """One digest over every row of every table: equal when nothing at all has changed."""
    return hashlib.sha256(repr(all_rows()).encode()).hexdigest()


@contextmanager
def taken_back():
    """Whatever is written inside is gone afterwards, and the next rows get the same keys again."""
    with transaction.atomic():
        models = apps.get_models()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)
