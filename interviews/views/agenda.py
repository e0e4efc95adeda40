from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from interviews.agenda import coming_interviews, late_interviews, my_agenda, submitted_interviews
from interviews.policies import roles_recruited_by
from interviews.timetable import meetings

A_PAGE = 25


@signed_in
@require_safe
def interview_list(request: AuthedRequest) -> HttpResponse:
    """Mine; for recruiters also, one list at a time, the late cards and the interviews to come of their roles."""
    user = request.user
    is_recruiting = roles_recruited_by(user).exists()
    lists = {"late": late_interviews, "coming": coming_interviews}
    show = request.GET.get("show", "") if is_recruiting and request.GET.get("show") in lists else "mine"
    page = Paginator(lists.get(show, submitted_interviews)(user), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "show": show,
        "is_recruiting": is_recruiting,
        "late_count": late_interviews(user).count() if is_recruiting else 0,
        "agenda": my_agenda(user) if show == "mine" else None,
        "page_obj": page,
        "meetings": meetings(list(page), user),
    }
    return render(request, "interviews/interview_list.html", shown)
