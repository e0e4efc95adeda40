from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.paging import counted, page_of
from foundation.policy import signed_in
from interviews.agenda import coming_interviews, late_interviews, my_agenda, open_interviews, submitted_interviews
from interviews.policies import roles_recruited_by
from interviews.timetable import meetings

A_PAGE = 25
IN_TIME, NEWEST_FIRST = ("starts_at", "pk"), ("-starts_at", "-pk")
LISTS = {
    "mine": (submitted_interviews, NEWEST_FIRST),
    "open": (open_interviews, IN_TIME),
    "late": (late_interviews, IN_TIME),
    "coming": (coming_interviews, IN_TIME),
}
OF_RECRUITERS = {"late", "coming"}


@signed_in
@require_safe
def interview_list(request: AuthedRequest) -> HttpResponse:
    """Mine, or all open ones of mine; for recruiters also the late cards and the interviews to come of their roles."""
    user = request.user
    is_recruiting = roles_recruited_by(user).exists()
    show = request.GET.get("show", "")
    show = show if show in LISTS and (is_recruiting or show not in OF_RECRUITERS) else "mine"
    found, order = LISTS[show]
    page = page_of(found(user), order, request.GET, A_PAGE)
    shown = {
        "show": show,
        "is_recruiting": is_recruiting,
        "late_count": counted(late_interviews(user)) if is_recruiting else None,
        "agenda": my_agenda(user) if show == "mine" else None,
        "page": page,
        "meetings": meetings(page.rows, user),
    }
    return render(request, "interviews/interview_list.html", shown)
