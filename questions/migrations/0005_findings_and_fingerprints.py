import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.fields
from questions.duplicates import fingerprint


def make_fingerprints(apps, schema_editor):
    QuestionVersion, Fingerprint = (apps.get_model("questions", name) for name in ("QuestionVersion", "Fingerprint"))
    prompts = QuestionVersion.objects.values_list("pk", "prompt").iterator(chunk_size=1000)
    made = (Fingerprint(version_id=pk, bits=fingerprint(prompt)) for pk, prompt in prompts)
    Fingerprint.objects.bulk_create(made, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0004_one_sample_a_level"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bits", models.BinaryField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fingerprint",
                        to="questions.questionversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=4)),
                ("field", models.CharField(max_length=20)),
                ("sentence", foundation.fields.Prose(max_length=2000)),
                ("reason", foundation.fields.Prose(blank=True, max_length=600)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overrides",
                        to="questions.questionversion",
                    ),
                ),
            ],
            options={"ordering": ["version", "pk"]},
        ),
        migrations.AddField(
            model_name="usage", name="times_scored", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="usage", name="levels_total", field=models.PositiveIntegerField(default=0)
        ),
        migrations.RunPython(make_fingerprints, migrations.RunPython.noop, elidable=True),
    ]
