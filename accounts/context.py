from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 a context processor's signature
    """Whether this is the demo, for the templates."""
    return {"is_demo": settings.HOUSE == "demo"}
