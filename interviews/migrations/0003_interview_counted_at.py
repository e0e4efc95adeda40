from django.db import migrations, models
from django.db.models import F


def mark_counted(apps, schema_editor):
    """Until now a card was counted as it came in, so what has one in is in the counts already."""
    counted = apps.get_model("interviews", "Scorecard").objects.filter(status="submitted").exclude(seat="shadow")
    meetings = apps.get_model("interviews", "Interview").objects.filter(pk__in=counted.values("interview"))
    meetings.update(counted_at=F("starts_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("interviews", "0002_interviews_in_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="interview",
            name="counted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(mark_counted, migrations.RunPython.noop),
    ]
