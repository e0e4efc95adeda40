"""A migration that remakes a table takes the triggers with it; migrating puts them back."""

import shutil
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from foundation import frozen
from questions.models import Listing
from tests.factories import VersionFactory

FORWARD = """
from django.db import migrations
import foundation.fields

class Migration(migrations.Migration):
    dependencies = [("questions", "{last}")]
    operations = [migrations.AlterField("questionversion", "title", foundation.fields.Line(max_length=61))]
"""


@pytest.fixture
def one_migration_more(tmp_path, settings, lifted):
    """The questions app with one more migration, which alters a column of a frozen table."""
    source = Path(sys.modules["questions"].__file__).parent / "migrations"
    shutil.copytree(source, tmp_path / "kit_next_migrations", ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in source.glob("0*.py"))
    (tmp_path / "kit_next_migrations/9999_wider_title.py").write_text(FORWARD.format(last=last))
    sys.path.insert(0, str(tmp_path))
    settings.MIGRATION_MODULES = {"questions": "kit_next_migrations"}
    yield last
    call_command("migrate", "questions", last, verbosity=0)
    sys.path.remove(str(tmp_path))


def test_after_a_table_is_altered_its_triggers_are_back_and_its_words_are_found(one_migration_more):
    version = VersionFactory()
    before = frozen.standing(connection)
    call_command("migrate", "questions", verbosity=0)
    assert frozen.standing(connection) == before
    assert frozen.check_standing(databases=["default"]) == []
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE questions_questionversion SET prompt = 'Other' WHERE id = %s", [version.pk])
    assert version.listing in Listing.objects.with_words(version.title)
