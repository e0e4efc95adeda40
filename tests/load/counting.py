"""`python -m tests.load.counting`: what of the saves that come in as JSON lines is in the database, and how often.

A save is known by its words, which nobody else wrote, so that the count trusts no id of the product.
"""

import json
import os
import sys
from collections import Counter

import django


def main():
    from interviews.models import Score, ScoreEdit

    acknowledged = json.load(sys.stdin)
    edits = ScoreEdit.objects.filter(applied=True).order_by("score", "resulting_version")
    kept = [(json.loads(fields)["evidence"], score) for fields, score in edits.values_list("fields", "score")]
    written = Counter(words for words, _score in kept)
    # In the order of versions, so the last line of each score stays.
    newest, saves = {score: words for words, score in kept}, Counter(score for _words, score in kept)
    told = {pk: (words, version) for pk, words, version in Score.objects.values_list("pk", "evidence", "version")}
    json.dump(
        {
            "kept": len(written),
            "lost": sum(words not in written for words in acknowledged),
            "doubled": sum(count - 1 for count in written.values()),
            "stale": sum(said != (newest.get(score, ""), saves[score]) for score, said in told.items()),
            "integrity": _integrity(),
        },
        sys.stdout,
    )


def _integrity():
    from django.db import connection

    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone()[0]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    django.setup()
    main()
