from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

import foundation.clock
import foundation.fields
import questions.models.words
from questions import index


def make_index(apps, schema_editor):
    for statement in index.TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE questions_words")


def fill_index(apps, schema_editor):
    """Every draft, and of every question the newest version that is published, retired ones too."""
    QuestionVersion, Word = (apps.get_model("questions", name) for name in ("QuestionVersion", "Word"))
    newer = QuestionVersion.objects.filter(
        question=OuterRef("question"), number__gt=OuterRef("number"), published_at__isnull=False
    )
    found = QuestionVersion.objects.filter(Q(published_at=None) | ~Exists(newer)).prefetch_related("anchors")
    learnt = set()

    def rows():
        for version in found.order_by("pk").iterator(chunk_size=500):
            anchors = [anchor.behaviour for anchor in version.anchors.all()]
            texts = index.texts_of(vars(version), anchors)
            if version.published_at:
                learnt.update(index.spelt(texts))
            yield version.pk, texts

    index.write(schema_editor.connection, rows())
    Word.objects.bulk_create([Word(text=word, length=len(word)) for word in sorted(learnt)], batch_size=5000)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0006_rest_merge_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", foundation.fields.Line(max_length=60, unique=True)),
                ("length", models.PositiveSmallIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["length", "text"], name="questions_words_by_length")]},
        ),
        migrations.CreateModel(
            name="IndexedVersion",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="questions.questionversion",
                    ),
                ),
                ("words", questions.models.words.Words(db_column="questions_words")),
            ],
            options={"db_table": "questions_words", "managed": False},
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", foundation.fields.Line(max_length=60, verbose_name="name")),
                ("asked", models.JSONField(help_text="what the address of the list says, by name")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved filter",
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="questions_filter_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "changed",
                    models.JSONField(help_text="for each question its key, and how it was in use before and after"),
                ),
                ("at", models.DateTimeField(default=foundation.clock.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE, related_name="bank_step", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(fill_index, migrations.RunPython.noop, elidable=True),
    ]
