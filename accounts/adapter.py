from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class KitAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """People are added by an administrator; nobody signs up."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email and password do not go together. Check both and try again."),
        "too_many_login_attempts": _("Too many tries from here. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 the package's signature
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether `url`, to which somebody is led on, is a path of this house; the package's own stumbles over some."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account is answered like a wrong password: whether it exists is nobody's business."""
        person: User | None = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Counted per account and address: somebody who guesses elsewhere cannot lock the owner out.
        return f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"
