"""What the pages of roles list, each list in a fixed number of queries."""

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from accounts.models import User
from plans.models import InterviewPlan, Item, Membership, Role, RoleCompetency, Stage
from questions.models import Competency, Question, QuestionVersion
from questions.reading import family_of


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


def plan_in_force(role: Role) -> InterviewPlan | None:
    return role.plans.filter(status=InterviewPlan.Status.ACTIVE).first()


def competencies_to_weigh(owner: Role | InterviewPlan) -> QuerySet[Competency]:
    """Competencies in use that `owner` does not weigh yet."""
    weighed = [row.competency_id for row in owner.competencies.all()]
    return Competency.objects.in_use().exclude(pk__in=weighed)


def plans_asking(question: Question) -> QuerySet[InterviewPlan]:
    """Every plan in which a version of `question`, or of one merged into it, is placed; the newest first.

    Each with the number of that version, and the title of the merged question whose version it is.
    """
    asked = "stages__sections__items__version"
    asking = InterviewPlan.objects.filter(**{f"{asked}__question__in": family_of(question)})
    numbered = asking.annotate(
        version_number=F(f"{asked}__number"),
        merged_title=Case(When(~Q(**{f"{asked}__question": question}), then=F(f"{asked}__title"))),
    )
    return numbered.select_related("role").order_by("role__title", "-number").distinct()


def newest_of(question: Question) -> QuestionVersion | None:
    """The published version that stands for `question`, retired or not, with that question."""
    return QuestionVersion.objects.filter(listing__question=question).select_related("question__competency").first()


def items_behind(question: Question) -> QuerySet[Item]:
    """Items of any plan that place a version of `question` which is not the newest, or a question merged into it."""
    return Item.objects.filter(version__question__in=family_of(question)).exclude(version__listing__question=question)


def drafts_behind(question: Question, user: User) -> QuerySet[InterviewPlan]:
    """Drafts that `user` sets up and in which the newest version of `question` could stand instead."""
    behind = items_behind(question).values("section__stage__plan")
    return InterviewPlan.objects.editable_by(user).filter(status=InterviewPlan.Status.DRAFT, pk__in=behind)
