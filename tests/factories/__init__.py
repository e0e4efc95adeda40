"""Rows in the words of the domain. What is sealed or in force is built open and then moved, as in life."""

from tests.factories.accounts import UserFactory
from tests.factories.interviews import (
    ApplicationFactory,
    CandidateFactory,
    InterviewFactory,
    ScorecardFactory,
    submit,
)
from tests.factories.plans import (
    ActivePlanFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    put_in_force,
)
from tests.factories.questions import CompetencyFactory, DraftFactory, VersionFactory

__all__ = [
    "ActivePlanFactory",
    "ApplicationFactory",
    "CandidateFactory",
    "CompetencyFactory",
    "DraftFactory",
    "InterviewFactory",
    "MembershipFactory",
    "PlanFactory",
    "RoleFactory",
    "ScorecardFactory",
    "UserFactory",
    "VersionFactory",
    "put_in_force",
    "submit",
]
