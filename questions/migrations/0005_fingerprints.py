import django.db.models.deletion
from django.db import migrations, models

from questions.duplicates import fingerprint


def make_fingerprints(apps, schema_editor):
    QuestionVersion, Fingerprint = (apps.get_model("questions", name) for name in ("QuestionVersion", "Fingerprint"))
    prompts = QuestionVersion.objects.values_list("pk", "prompt").iterator(chunk_size=1000)
    made = (Fingerprint(version_id=pk, bits=fingerprint(prompt)) for pk, prompt in prompts)
    Fingerprint.objects.bulk_create(made, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("questions", "0004_one_sample_a_level")]

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
        migrations.RunPython(make_fingerprints, migrations.RunPython.noop, elidable=True),
    ]
