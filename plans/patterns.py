"""What a role can start from: the examples that ship and the templates of the house, each under one name."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.addresses import key_of
from plans.blueprint_files import read_blueprint
from plans.blueprints import Blueprint
from plans.examples import examples
from plans.kept import PlanTemplate


def patterns_offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (name, label) for a choice."""
    shipped = [(f"example-{slug}", found.name) for slug, found in examples().items()]
    own = [(f"template-{key}", name) for key, name in PlanTemplate.objects.values_list("pk", "name")]
    return [(label, rows) for label, rows in ((_("Examples"), shipped), (_("Templates"), own)) if rows]


def pattern_named(name: str) -> Blueprint | None:
    """The blueprint that `patterns_offered` calls `name`; None where there is none of that name."""
    kind, _dash, rest = name.partition("-")
    if kind == "example":
        return examples().get(rest)
    key = key_of(rest) if kind == "template" else None
    template = PlanTemplate.objects.filter(pk=key).first() if key else None
    return blueprint_in(template) if template else None


def blueprint_in(template: PlanTemplate) -> Blueprint:
    stored: dict[str, Any] = template.content
    return read_blueprint(stored)
