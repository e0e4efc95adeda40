from django.urls import URLPattern, path

from interviews.views import agenda, candidates, device, documents, exposure, scheduling, scoring, show

app_name = "interviews"

_meeting: list[URLPattern] = [
    path("candidates/", candidates.candidate_list, name="candidate_list"),
    path("candidates/new/", candidates.candidate_new, name="candidate_new"),
    path("candidates/paste/", candidates.candidate_paste, name="candidate_paste"),
    path("roles/<key:pk>/applications/", candidates.role_applications, name="role_applications"),
    path("applications/<key:pk>/", candidates.application_detail, name="application_detail"),
    path("applications/<key:pk>/withdraw/", candidates.application_withdraw, name="application_withdraw"),
    path("applications/<key:pk>/plan/", candidates.application_replan, name="application_replan"),
    path("applications/<key:pk>/interviews/new/", scheduling.interview_schedule, name="interview_schedule"),
    path("interviews/", agenda.interview_list, name="interview_list"),
    path("interviews/<key:pk>/", scheduling.interview_detail, name="interview_detail"),
    path("interviews/<key:pk>/move/", scheduling.interview_move, name="interview_move"),
    path("interviews/<key:pk>/cancel/", scheduling.interview_cancel, name="interview_cancel"),
    path("interviews/<key:pk>/seats/new/", scheduling.seat_add, name="seat_add"),
    path("questions/<slug:slug>/asked/", exposure.question_asked, name="question_asked"),
    path("scorecards/<key:pk>/waive/", scheduling.card_waive, name="card_waive"),
]

_scoring: list[URLPattern] = [
    path("interviews/worker.js", device.score_worker, name="score_worker"),
    path("interviews/on-this-device/", device.on_device, name="on_device"),
    path("interviews/<key:pk>/score/", scoring.interview_score, name="interview_score"),
    path("interviews/<key:pk>/score/<key:item_pk>/", scoring.score_save, name="score_save"),
    path("interviews/<key:pk>/notes/", scoring.notes_save, name="notes_save"),
    path("interviews/<key:pk>/time-up/", scoring.interview_time_up, name="interview_time_up"),
    path("interviews/<key:pk>/review/", scoring.interview_review, name="interview_review"),
    path("interviews/<key:pk>/submit/", scoring.interview_submit, name="interview_submit"),
    path("interviews/<key:pk>/show/", show.interview_show, name="interview_show"),
]

_documents: list[URLPattern] = [
    path("scorecards/<key:pk>/", documents.scorecard_detail, name="scorecard_detail"),
    path("scorecards/<key:pk>.pdf", documents.scorecard_pdf, name="scorecard_pdf"),
]

urlpatterns = [*_meeting, *_scoring, *_documents]
