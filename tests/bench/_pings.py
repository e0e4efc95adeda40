"""The house with two pages that do next to nothing, beside which a real one is measured."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from committee import policies
from foundation.policy import signed_in

# Set by whoever measures.
SENT = {"bytes": b""}


@signed_in
def ping(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SENT["bytes"], content_type="application/pdf")


@signed_in
def ping_with_right(request: HttpRequest, pk: int) -> HttpResponse:
    """With the one question that no page may leave out: whether this person may read it."""
    get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    return HttpResponse(SENT["bytes"], content_type="application/pdf")


urlpatterns = [
    path("ping/", ping),
    path("ping/<int:pk>/", ping_with_right),
    path("", include("interviewkit.urls")),
]
handler400 = "foundation.http.not_understood"
