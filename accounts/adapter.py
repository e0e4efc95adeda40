from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        """The same words as for a wrong password: whether an account exists is nobody's business."""
        messages.error(request, self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Counted per account and address: somebody who guesses elsewhere cannot lock the owner out.
        return f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"
