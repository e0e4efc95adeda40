from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class KitAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by an administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
