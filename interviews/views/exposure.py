from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.http import page_or_part
from foundation.policy import signed_in
from interviews.exposure import exposure_of
from questions.policies import questions_readable_by


@signed_in
@require_safe
def question_asked(request: AuthedRequest, slug: str) -> HttpResponse:
    """For the bank's page of a question: for which roles it was asked. Roles of others are only counted."""
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    context = {"question": question, "exposure": exposure_of(question, request.user)}
    return page_or_part(request, "interviews/question_asked.html", "interviews/_question_asked.html", context)
