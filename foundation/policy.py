"""Who may open a page: every view carries a policy, and `manage.py check` fails on one that does not."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

View = Callable[..., HttpResponseBase]


def policy(name: str, allows: Callable[[Any], bool], refusal: Any = "") -> Callable[[View], View]:
    """A mark for views: only a signed-in person whom `allows` accepts gets in; the others get a 403 saying `refusal`.

    Rows are another matter: what a person may see of them is said by querysets, and the wrong row is a 404.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allows(request.user):
                raise PermissionDenied(refusal)
            return view(request, *args, **kwargs)

        marked.policy = name  # type: ignore[attr-defined]
        return marked

    return mark


signed_in = policy("signed in", lambda user: user.is_authenticated)


def public(view: View) -> View:
    """The mark of the few views that are open to everybody."""
    opened: Any = login_not_required(view)
    opened.policy = "public"
    return opened  # type: ignore[no-any-return]


def views(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every (route, pattern) that the address table knows."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, route)
        else:
            yield route, entry


def check_policies(**_: Any) -> list[CheckMessage]:
    """E: a view without a policy."""
    return [
        Error(f"The view at {route} has no policy.", "Mark it with one from policies.py.", id="kit.E002")
        for route, pattern in views()
        if not hasattr(pattern.callback, "policy")
    ]
