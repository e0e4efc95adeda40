from django.urls import URLPattern, path

from interviews.views import agenda, candidates, documents, scheduling, scoring, show

app_name = "interviews"

_meeting: list[URLPattern] = [
    path("candidates/", candidates.candidate_list, name="candidate_list"),
    path("candidates/new/", candidates.candidate_new, name="candidate_new"),
    path("candidates/paste/", candidates.candidate_paste, name="candidate_paste"),
    path("roles/<int:pk>/applications/", candidates.role_applications, name="role_applications"),
    path("applications/<int:pk>/", candidates.application_detail, name="application_detail"),
    path("applications/<int:pk>/withdraw/", candidates.application_withdraw, name="application_withdraw"),
    path("applications/<int:pk>/plan/", candidates.application_replan, name="application_replan"),
    path("applications/<int:pk>/interviews/new/", scheduling.interview_schedule, name="interview_schedule"),
    path("interviews/", agenda.interview_list, name="interview_list"),
    path("interviews/<int:pk>/", scheduling.interview_detail, name="interview_detail"),
    path("interviews/<int:pk>/move/", scheduling.interview_move, name="interview_move"),
    path("interviews/<int:pk>/cancel/", scheduling.interview_cancel, name="interview_cancel"),
    path("interviews/<int:pk>/seats/new/", scheduling.seat_add, name="seat_add"),
    path("scorecards/<int:pk>/waive/", scheduling.card_waive, name="card_waive"),
]

_scoring: list[URLPattern] = [
    path("interviews/<int:pk>/score/", scoring.interview_score, name="interview_score"),
    path("interviews/<int:pk>/score/<int:item_pk>/", scoring.score_save, name="score_save"),
    path("interviews/<int:pk>/review/", scoring.interview_review, name="interview_review"),
    path("interviews/<int:pk>/submit/", scoring.interview_submit, name="interview_submit"),
    path("interviews/<int:pk>/show/", show.interview_show, name="interview_show"),
]

_documents: list[URLPattern] = [
    path("scorecards/<int:pk>/", documents.scorecard_detail, name="scorecard_detail"),
    path("scorecards/<int:pk>.pdf", documents.scorecard_pdf, name="scorecard_pdf"),
]

urlpatterns = [*_meeting, *_scoring, *_documents]
