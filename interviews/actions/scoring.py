"""The save of one score and of what is written on the card, when time is up, and the sealing of a card."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import Refused
from interviews.actions.closing import hold_application, settle
from interviews.actions.saving import SaveReply, settle_edit, why_closed
from interviews.lifecycles import INTERVIEW, SCORECARD
from interviews.models import CardEdit, Interview, Score, Scorecard, ScoreEdit
from interviews.score_sheet import gap_of
from questions.models import Probe

EMPTIES = (Score.Outcome.NOT_ASKED, Score.Outcome.NO_EVIDENCE, Score.Outcome.DECLINED)


@transaction.atomic
def save_score(
    *,
    interview: int,
    item: int,
    operation: UUID,
    client: UUID,
    sequence: int,
    expected_version: int,
    fields: Mapping[str, Any],
    by: User,
) -> SaveReply:
    """Apply one edit of `by`'s own score of an item (by its key), or say why not; what 200 acknowledges is then written.

    A repeated operation gets its stored reply. An edit no newer than this client's last is acknowledged, not applied.
    409 with both values when another client has changed the same part since `expected_version`; 403 once the card is
    sealed or waived. `fields` are clean values, of the touched parts alone. Raises Refused for values that no score may
    have, and Score.DoesNotExist when `by` has no such score. Five statements at most.
    """
    score = _held(interview, item, fields.get("probes_used", ()), by)
    edit = ScoreEdit(
        score=score, operation=operation, client=client, sequence=sequence, expected_version=expected_version
    )
    return settle_edit(edit, fields, score.scorecard, lambda clean: _apply(score, clean))


def _held(interview: int, item: int, probes: Collection[int], by: User) -> Score:
    """The score as stored, held with its card until the transaction ends. Refused for a probe that its question lacks."""
    held = Score.objects.select_for_update(of=("self", "scorecard")).select_related("scorecard__interview", "item")
    score = held.annotate(known_probes=_known(probes)).get(
        scorecard__interview=interview, scorecard__interviewer=by, item=item
    )
    if score.known_probes != len(probes):
        raise Refused(gettext_lazy("This question has no such probe."), "probes_used")
    return score


def _known(probes: Collection[int]) -> Value | Coalesce:
    """How many of `probes` the question has; not asked of the database where there are none."""
    if not probes:
        return Value(0)
    theirs = Probe.objects.filter(version=OuterRef("item__version"), position__in=probes)
    return Coalesce(Subquery(theirs.order_by().values("version").annotate(count=Count("pk")).values("count")), 0)


def _apply(score: Score, fields: Mapping[str, Any]) -> None:
    if any(name in fields for name in ScoreEdit.PARTS["outcome"]):
        fields = {**fields, **_outcome(score, fields)}
        _begin(score, fields["outcome"])
    for name, value in fields.items():
        setattr(score, name, value)
    score.version += 1
    score.save(update_fields=[*fields, "version"])


def _outcome(score: Score, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome part as a whole, from the fields of it that were sent."""
    level = fields.get("level")
    outcome = fields.get("outcome") or (Score.Outcome.SCORED if level is not None else score.outcome)
    if outcome == Score.Outcome.SCORED:
        level = fields.get("level", score.level)
        if not score.item.scored:
            raise Refused(gettext_lazy("A warm-up is not scored."), "level")
        if level is None:
            raise Refused(gettext_lazy("Choose a level from 1 to 5."), "level")
    elif level is not None:
        raise Refused(gettext_lazy("Only a scored answer has a level."), "level")
    kept = score.reason if outcome == score.outcome else ""
    reason = fields.get("reason", kept)
    if reason and outcome not in EMPTIES:
        raise Refused(gettext_lazy("A reason belongs to an answer that is not scored."), "reason")
    return {"outcome": outcome, "level": level, "reason": reason}


def _begin(score: Score, outcome: str) -> None:
    """The first saved outcome starts the interview.

    Tried once for each score, whether or not a colleague was first: how an answer is made tells nobody that one was.
    """
    if score.outcome == Score.Outcome.PENDING and outcome != Score.Outcome.PENDING:
        INTERVIEW.move_if_due(score.scorecard.interview, Interview.Status.RUNNING)


@transaction.atomic
def save_notes(
    *,
    interview: int,
    operation: UUID,
    client: UUID,
    sequence: int,
    expected_version: int,
    fields: Mapping[str, Any],
    by: User,
) -> SaveReply:
    """Apply one edit of what stands on `by`'s own card itself, under the contract of `save_score`.

    That is what the candidate asked, and the words of the review before they are sealed. Raises Scorecard.DoesNotExist
    when `by` has no seat there.
    """
    card = Scorecard.objects.select_for_update().get(interview=interview, interviewer=by)
    edit = CardEdit(
        scorecard=card, operation=operation, client=client, sequence=sequence, expected_version=expected_version
    )

    def apply(clean: Mapping[str, Any]) -> None:
        for name, value in clean.items():
            setattr(card, name, value)
        card.version += 1
        card.save(update_fields=[*clean, "version"])

    return settle_edit(edit, fields, card, apply)


@transaction.atomic
def mark_time_up(*, card: Scorecard, client: UUID, by: User) -> int:
    """Say of every question that counts of `by`'s own open card that has no outcome yet that it was not asked: no time.

    Returns how many there were. Each is a save of `client` like any other, in the history of its score. Raises Refused
    once the card is closed.
    """
    card = Scorecard.objects.select_for_update().get(pk=card.pk, interviewer=by)
    if closed := why_closed(card):
        raise Refused(closed)
    pending = card.scores.filter(outcome=Score.Outcome.PENDING).select_related("item__voided")
    left = [score for score in pending if score.item.counts]
    for score in left:
        save_score(
            interview=card.interview_id,
            item=score.item_id,
            operation=uuid5(client, str(score.pk)),
            client=client,
            sequence=score.version + 1,
            expected_version=score.version,
            fields={"outcome": Score.Outcome.NOT_ASKED, "reason": _("No time")},
            by=by,
        )
    return len(left)


@transaction.atomic
def submit_card(
    *,
    card: Scorecard,
    recommendation: str,
    recommendation_reason: str = "",
    summary: str = "",
    private_note: str = "",
    seen: Mapping[int, int] | None = None,
    sent: Mapping[tuple[int, UUID], int] | None = None,
    by: User,
) -> Scorecard:
    """Seal `by`'s own card and return it; one that is already sealed stays as it is, and nothing happens.

    `sent` is (item, client) → the last sequence that this client has given to an edit of the item, `seen` is item →
    version as the person last saw it; item 0 is the card itself. Raises Refused while one of these edits has not arrived,
    for a row that has changed since it was seen, for a gap, for Not enough evidence without what was missing, and for a
    waived card.
    """
    hold_application(card.interview)
    card = Scorecard.objects.select_for_update().get(pk=card.pk, interviewer=by)
    if card.status == Scorecard.Status.SUBMITTED:
        return card
    _refuse_unsaid(card, recommendation, recommendation_reason)
    _refuse_on_the_way(card, sent or {})
    _refuse_unready(card, list(card.scores.select_related("item__voided")), seen)
    words = {"recommendation_reason": recommendation_reason, "summary": summary, "private_note": private_note}
    SCORECARD.move(card, Scorecard.Status.SUBMITTED, recommendation=recommendation, submitted_at=clock.now(), **words)
    settle(card.interview)
    record("scorecard.submitted", card, by=by)
    return card


def _refuse_unsaid(card: Scorecard, recommendation: str, reason: str) -> None:
    if closed := why_closed(card):
        raise Refused(closed)
    if recommendation not in Scorecard.Recommendation.values:
        raise Refused(gettext_lazy("Choose a recommendation."), "recommendation")
    if recommendation == Scorecard.Recommendation.NOT_ENOUGH and not reason.strip():
        raise Refused(gettext_lazy("Say what was missing."), "recommendation_reason")


def _refuse_on_the_way(card: Scorecard, sent: Mapping[tuple[int, UUID], int]) -> None:
    """An edit that was answered has arrived, whatever the answer: what it met is in the history and was said."""
    clients = {client for _item, client in sent}
    of_scores = ScoreEdit.objects.filter(score__scorecard=card, client__in=clients).order_by()
    of_card = CardEdit.objects.filter(scorecard=card, client__in=clients).order_by()
    arrived = {
        (item, client): sequence
        for item, client, sequence in [
            *of_scores.values_list("score__item", "client").annotate(Max("sequence")),
            *of_card.values_list(Value(0), "client").annotate(Max("sequence")),
        ]
    }
    if any(arrived.get(which, 0) < sequence for which, sequence in sent.items()):
        raise Refused(
            gettext_lazy("Some answers are still on their way from your device. Submit once they are saved."), "sent"
        )


def _refuse_unready(card: Scorecard, scores: list[Score], seen: Mapping[int, int] | None) -> None:
    if seen is not None and seen != {0: card.version, **{score.item_id: score.version for score in scores}}:
        raise Refused(
            gettext_lazy("Something changed since this page was opened. Read it as it stands now, then submit."), "seen"
        )
    if any(gap_of(score) for score in scores):
        raise Refused(gettext_lazy("Some questions are not finished. They stand first on this page."))
