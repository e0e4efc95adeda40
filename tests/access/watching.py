"""What a request did to the database: the statements it made, and whether anything is different afterwards."""

import hashlib
from contextlib import contextmanager

from django.db import connection

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


def digest_of_all_tables():
    """One digest over every row of every table: equal when nothing at all has changed."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            digest.update(table.encode())
            for row in sorted(map(repr, cursor.fetchall())):
                digest.update(row.encode())
    return digest.hexdigest()
