"""What the record of an interview never does again, and the one exception: erasing what is personal in it."""

from foundation.frozen import Frozen, Holds, Moves
from interviews.lifecycles import APPLICATION, INTERVIEW, SCORECARD


def _erased(interview_id: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM interviews_interview meeting "
        "JOIN interviews_application application ON application.id = meeting.application_id "
        "JOIN interviews_candidate candidate ON candidate.id = application.candidate_id "
        f"WHERE meeting.id = {interview_id} AND candidate.erased_at IS NOT NULL)"
    )


def _erased_application(application_id: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM interviews_application application "
        "JOIN interviews_candidate candidate ON candidate.id = application.candidate_id "
        f"WHERE application.id = {application_id} AND candidate.erased_at IS NOT NULL)"
    )


_OF_CARD = "(SELECT card.interview_id FROM interviews_scorecard card WHERE card.id = {row}.scorecard_id)"
_OF_SCORE = (
    "(SELECT card.interview_id FROM interviews_scorecard card JOIN interviews_score score ON score.scorecard_id = card.id "
    "WHERE score.id = {row}.score_id)"
)
_SUBMITTED = (
    "EXISTS (SELECT 1 FROM interviews_scorecard card WHERE card.id = {row}.scorecard_id AND card.status = 'submitted')"
)
_OF_THE_PLAN = (
    "EXISTS (SELECT 1 FROM plans_stage stage JOIN interviews_application application ON application.plan_id = stage.plan_id "
    "WHERE stage.id = {row}.stage_id AND application.id = {row}.application_id)"
)
_OF_THE_STAGE = (
    "EXISTS (SELECT 1 FROM plans_item item JOIN plans_section section ON section.id = item.section_id "
    "JOIN interviews_interview meeting ON meeting.stage_id = section.stage_id "
    "JOIN interviews_scorecard card ON card.interview_id = meeting.id "
    "WHERE item.id = {row}.item_id AND card.id = {row}.scorecard_id)"
)
_A_TEST = _OF_THE_PLAN.replace("AND application.id", "AND stage.kind <> 'interview' AND application.id")
_PLAN_OF_THE_ROLE = "{row}.plan_id IS NULL OR EXISTS (SELECT 1 FROM plans_interviewplan plan WHERE plan.id = {row}.plan_id AND plan.role_id = {row}.role_id)"
_MEETINGS_STAY_ON_THE_PLAN = (
    "NOT EXISTS (SELECT 1 FROM interviews_interview meeting JOIN plans_stage stage ON stage.id = meeting.stage_id "
    "WHERE meeting.application_id = {row}.id AND meeting.status <> 'cancelled' AND stage.plan_id <> COALESCE({row}.plan_id, 0))"
)

FROZEN = [
    Moves("interviews.Application", APPLICATION),
    Moves("interviews.Interview", INTERVIEW),
    Moves("interviews.Scorecard", SCORECARD),
    Holds("interviews.Application", _PLAN_OF_THE_ROLE, "an application stands on a plan of its role"),
    Holds("interviews.Application", _MEETINGS_STAY_ON_THE_PLAN, "interviews stay on the plan of their application"),
    Holds(
        "interviews.Interview", f"{{row}}.status = 'cancelled' OR {_OF_THE_PLAN}", "the stage belongs to another plan"
    ),
    Holds("interviews.Score", _OF_THE_STAGE, "the item belongs to another stage"),
    Frozen(
        "interviews.Scorecard",
        "{row}.status = 'submitted'",
        personal=("summary", "private_note", "recommendation_reason", "waive_reason", "candidate_questions"),
        erased=_erased("{row}.interview_id"),
    ),
    Frozen(
        "interviews.Score",
        _SUBMITTED,
        personal=("evidence", "reason", "followups"),
        erased=_erased(_OF_CARD),
        part=True,
    ),
    Holds("interviews.StageResult", _A_TEST, "the stage is no test of the application’s plan"),
    Frozen(
        "interviews.StageResult",
        "{row}.id IS NOT NULL",
        personal=("words",),
        erased=_erased_application("{row}.application_id"),
    ),
    Frozen("interviews.ScoreEdit", "{row}.id IS NOT NULL", personal=("fields", "reply"), erased=_erased(_OF_SCORE)),
    Frozen("interviews.CardEdit", "{row}.id IS NOT NULL", personal=("fields", "reply"), erased=_erased(_OF_CARD)),
    Frozen("interviews.Amendment", "{row}.id IS NOT NULL", personal=("old", "new", "reason"), erased=_erased(_OF_CARD)),
]
