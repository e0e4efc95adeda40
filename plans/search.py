"""Questions of the bank for one section of a draft, each with the word whether it can be placed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import User
from foundation.paging import Page, page_of
from plans.models import Item, Section
from questions.models import Listing, ListingQuerySet, QuestionVersion
from questions.policies import listings_readable_by

PER_PAGE = 8


@dataclass(frozen=True)
class Found:
    version: QuestionVersion
    is_placed: bool
    measures_section: bool


@dataclass(frozen=True)
class Findings:
    """One page of what was found."""

    page: Page[Listing]
    found: tuple[Found, ...]


def found_for(section: Section, form: forms.Form, asked: Mapping[str, Any], user: User) -> Findings:
    """Newest published versions that `form` looks for, on the page that `asked` names, in a fixed number of queries.

    A facet that makes no sense looks for nothing and is said beside its field.
    """
    page = page_of(_wanted(form, user), ("title", "pk"), asked, PER_PAGE) if form.is_valid() else Page[Listing]([])
    items = Item.objects.filter(section__stage__plan=section.stage.plan_id)
    placed = set(items.values_list("version__question", flat=True))
    return Findings(
        page=page,
        found=tuple(
            Found(listing.version, listing.question_id in placed, listing.competency_id == section.competency_id)
            for listing in page
        ),
    )


def _wanted(form: forms.Form, user: User) -> ListingQuerySet:
    wanted = form.cleaned_data
    exact = {"competency": wanted["competency"], "level": wanted["level"], "kind": wanted["type"]}
    found = listings_readable_by(user).with_words(wanted["q"])
    return found.filter(**{column: value for column, value in exact.items() if value})
