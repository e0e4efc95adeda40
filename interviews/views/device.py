"""What scoring leaves in a browser: the worker that opens its page offline, and the page that says what lies there."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import public, signed_in


@public
@require_safe
def score_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view's signature
    """The service worker, the same for everybody, at an address above the pages that it keeps."""
    source = Path(str(finders.find("js/score-worker.js"))).read_bytes()
    return HttpResponse(source, content_type="text/javascript")


@signed_in
@require_safe
def on_device(request: AuthedRequest) -> HttpResponse:
    """What is kept in this browser and for how long; its script lists what is there."""
    return render(request, "interviews/on_device.html")
