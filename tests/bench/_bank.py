"""Many published questions at once, as publishing would list, count and index them."""

from collections.abc import Iterable, Sequence

from django.db import connection

from questions.index import learn_words, texts_of, write
from questions.listing import recounted, row_of
from questions.models import Listing, ListingCount, QuestionVersion


def put_in_list(newest: Iterable[QuestionVersion], vocabulary: Sequence[QuestionVersion] = ()) -> None:
    """Let each of `newest`, one for a question, stand for it in the bank's list, its figures and its index of words.

    Slips are put right to the words of `vocabulary`, in which all their words stand, or else to theirs.
    """
    versions = list(newest)
    Listing.objects.bulk_create(
        (row_of(version) for version in versions),
        batch_size=5000,
    )
    ListingCount.objects.bulk_create(
        ListingCount(competency_id=competency, level=level, kind=kind, number=number)
        for (competency, level, kind), number in recounted().items()
    )
    write(connection, ((version.pk, texts_of(vars(version), ())) for version in versions))
    learn_words(vocabulary or versions)
