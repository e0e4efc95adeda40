"""An interview is completed when nobody's card is open any more."""

from interviews.lifecycles import INTERVIEW
from interviews.models import Interview, Scorecard


def complete_if_done(interview: Interview) -> None:
    """Complete `interview` if no seat is open and at least one card is in. Part of the caller's transaction.

    With every card waived it stays as it is: there is nothing to read, so a seat is added or it is cancelled.
    """
    # Two last cards that come in together wait here for each other, so that the second one sees the first.
    here = Interview.objects.select_for_update().get(pk=interview.pk)
    cards = Scorecard.objects.filter(interview=here)
    if cards.open().exists() or not cards.submitted().exists():
        return
    if here.status == Interview.Status.SCHEDULED:
        INTERVIEW.move(here, Interview.Status.RUNNING)
    if here.status == Interview.Status.RUNNING:
        INTERVIEW.move(here, Interview.Status.COMPLETED)
    interview.refresh_from_db(fields=["status"])
