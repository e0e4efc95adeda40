"""Questions of the bank for a draft, each with the word whether it can be placed where the reader wants it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import User
from foundation.paging import Page, page_of
from plans.models import InterviewPlan, Item
from plans.targets import Target
from questions.models import Listing, ListingQuerySet, QuestionVersion
from questions.policies import listings_readable_by

PER_PAGE = 8


@dataclass(frozen=True)
class Found:
    version: QuestionVersion
    is_placed: bool
    can_be_scored: bool


@dataclass(frozen=True)
class Findings:
    """One page of what was found."""

    page: Page[Listing]
    found: tuple[Found, ...]


def found_for(
    plan: InterviewPlan, target: Target | None, form: forms.Form, asked: Mapping[str, Any], user: User
) -> Findings:
    """Newest published versions that `form` looks for, on the page that `asked` names, in a fixed number of queries.

    A facet that makes no sense looks for nothing and is said beside its field.
    """
    page = page_of(_wanted(form, user), ("title", "pk"), asked, PER_PAGE) if form.is_valid() else Page[Listing]([])
    items = Item.objects.filter(section__stage__plan=plan)
    placed = set(items.values_list("version__question", flat=True))
    return Findings(
        page=page,
        found=tuple(
            Found(
                version=listing.version,
                is_placed=listing.question_id in placed,
                can_be_scored=target is None or target.measures(listing.competency_id),
            )
            for listing in page
        ),
    )


def _wanted(form: forms.Form, user: User) -> ListingQuerySet:
    wanted = form.cleaned_data
    exact = {"competency": wanted["competency"], "level": wanted["level"], "kind": wanted["type"]}
    found = listings_readable_by(user).with_words(wanted["q"])
    return found.filter(**{column: value for column, value in exact.items() if value})
