"""Results of stages that are no interviews."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from interviews.actions.scheduling import open_application
from interviews.models import Application, StageResult
from plans.models import Stage


@transaction.atomic
def record_result(
    *,
    application: Application,
    stage: Stage,
    verdict: str,
    points: int | None,
    out_of: int | None,
    words: str,
    by: User,
) -> StageResult:
    """What came of `stage`, which is no interview; it takes the place of what was recorded before, which stays on record.

    Raises Refused for a decided application, an interview, and a stage of another plan.
    """
    here = open_application(application, by)
    if stage.plan_id != here.plan_id or stage.kind == Stage.Kind.INTERVIEW:
        raise Refused(_("This is no test or take-home of the candidate’s plan. Choose another."), "stage")
    said = {"verdict": verdict, "points": points, "out_of": out_of, "words": words}
    result = StageResult.objects.create(application=here, stage=stage, by=by, **said)
    record("result.recorded", result, by=by)
    return result
