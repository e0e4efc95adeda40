"""What the pages of roles list, each list in a fixed number of queries."""

from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from plans.models import InterviewPlan, Membership, Role, RoleCompetency, Stage
from questions.models import Competency, Question


def roles_listed(user: User, *, closed: bool) -> QuerySet[Role]:
    """The roles for which `user` has a duty, open or closed, with their people, stages in force and drafts counted."""
    held = Prefetch("memberships", Membership.objects.filter(user=user), to_attr="own_duties")
    counted = Role.objects.with_duty(user).annotate(
        people=_counted(Membership.objects.all(), "role", Count("user", distinct=True)),
        stages=_counted(Stage.objects.filter(plan__status=InterviewPlan.Status.ACTIVE), "plan__role", Count("pk")),
        draft_number=_number_of(InterviewPlan.Status.DRAFT),
        plan_number=_number_of(InterviewPlan.Status.ACTIVE),
    )
    return counted.filter(closed_at__isnull=not closed).prefetch_related(held)


def _counted(rows: QuerySet[Any], role: str, number: Count) -> Coalesce:
    """A figure of each role, counted for those that are shown only."""
    own = rows.order_by().filter(**{role: OuterRef("pk")}).values(role)
    return Coalesce(Subquery(own.annotate(number=number).values("number")), 0)


def _number_of(status: str) -> Subquery:
    return Subquery(InterviewPlan.objects.filter(role=OuterRef("pk"), status=status).values("number")[:1])


BY_DUTY = ("duty", "user__name", "pk")


def memberships_of(role: Role) -> QuerySet[Membership]:
    return role.memberships.select_related("user")


def duties_of(person: User) -> QuerySet[Membership]:
    """What `person` does for which role, open roles first."""
    held = Membership.objects.filter(user=person).select_related("role")
    return held.order_by(F("role__closed_at").asc(nulls_first=True), "role__title", "duty")


def weights_of(role: Role) -> QuerySet[RoleCompetency]:
    """The heaviest first."""
    return role.competencies.select_related("competency").order_by("-weight", "competency__name")


def plans_of(role: Role) -> QuerySet[InterviewPlan]:
    """The newest first, each with its stages counted and their minutes added up."""
    return role.plans.annotate(stage_count=Count("stages"), minutes=Sum("stages__minutes")).order_by("-number")


def draft_of(role: Role) -> InterviewPlan | None:
    """The one draft of the role, if there is one."""
    return role.plans.filter(status=InterviewPlan.Status.DRAFT).first()


def plan_before(plan: InterviewPlan) -> InterviewPlan | None:
    """The plan of the same role that came before it."""
    return InterviewPlan.objects.filter(role=plan.role_id, number__lt=plan.number).order_by("-number").first()


def plan_in_force(role: Role) -> InterviewPlan | None:
    return role.plans.filter(status=InterviewPlan.Status.ACTIVE).first()


def competencies_to_weigh(owner: Role | InterviewPlan) -> QuerySet[Competency]:
    """Competencies in use that `owner` does not weigh yet."""
    weighed = [row.competency_id for row in owner.competencies.all()]
    return Competency.objects.in_use().exclude(pk__in=weighed)


def plans_asking(question: Question) -> QuerySet[InterviewPlan]:
    """Every plan in which a version of `question` is placed, with the number of that version; the newest first."""
    asking = InterviewPlan.objects.filter(stages__sections__items__version__question=question)
    numbered = asking.annotate(version_number=F("stages__sections__items__version__number"))
    return numbered.select_related("role").order_by("role__title", "-number").distinct()
