from collections import Counter

from django.db import migrations
from django.db.models import OuterRef, Subquery


def list_the_bank(apps, schema_editor):
    """Every question that is published and not retired, by its newest published version, and the figures of that."""
    QuestionVersion, Listing, ListingCount = (
        apps.get_model("questions", name) for name in ("QuestionVersion", "Listing", "ListingCount")
    )
    published = QuestionVersion.objects.filter(published_at__isnull=False)
    newest = published.filter(question=OuterRef("question")).order_by("-number").values("pk")[:1]
    columns = ("pk", "question", "question__competency", "title", "level", "kind")
    listed = [
        Listing(version_id=pk, question_id=question, competency_id=competency, title=title, level=level, kind=kind)
        for pk, question, competency, title, level, kind in published.filter(
            pk=Subquery(newest), question__retired_at=None
        ).values_list(*columns)
    ]
    Listing.objects.bulk_create(listed, batch_size=1000)
    cells = Counter((row.competency_id, row.level, row.kind) for row in listed)
    ListingCount.objects.bulk_create(
        ListingCount(competency_id=competency, level=level, kind=kind, number=number)
        for (competency, level, kind), number in cells.items()
    )


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_bank_list")]

    operations = [migrations.RunPython(list_the_bank, migrations.RunPython.noop, elidable=True)]
