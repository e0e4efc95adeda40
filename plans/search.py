"""Questions of the bank for one section of a draft, each with the word whether it can be placed there."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet

from plans.models import Item, Section
from questions.models import QuestionVersion

PER_PAGE = 8


@dataclass(frozen=True)
class Found:
    version: QuestionVersion
    is_placed: bool
    measures_section: bool


@dataclass(frozen=True)
class Findings:
    """One page of what was found. `page` says which, for the pager."""

    page: Any
    found: tuple[Found, ...]


def found_for(section: Section, form: forms.Form, page: str | None) -> Findings:
    """Newest published versions that `form` looks for, in a fixed number of queries.

    A facet that makes no sense looks for nothing and is said beside its field.
    """
    versions = _wanted(form) if form.is_valid() else QuestionVersion.objects.none()
    shown = Paginator(versions.select_related("question__competency").order_by("title", "pk"), PER_PAGE).get_page(page)
    asked = Item.objects.filter(section__stage__plan=section.stage.plan_id)
    placed = set(asked.values_list("version__question", flat=True))
    return Findings(
        page=shown,
        found=tuple(
            Found(version, version.question_id in placed, version.question.competency_id == section.competency_id)
            for version in shown.object_list
        ),
    )


def _wanted(form: forms.Form) -> QuerySet[QuestionVersion]:
    wanted = form.cleaned_data
    versions = QuestionVersion.objects.current().with_words(wanted["q"])
    if wanted["competency"]:
        versions = versions.measuring(wanted["competency"])
    exact = {"level": wanted["level"], "kind": wanted["type"]}
    return versions.filter(**{column: value for column, value in exact.items() if value})
