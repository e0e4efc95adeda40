from django.urls import path

from questions.views import (
    bulk,
    competencies,
    filters,
    finding,
    keeping,
    pairing,
    reading,
    reviewing,
    versions,
    writing,
)

app_name = "questions"

urlpatterns = [
    path("questions/", finding.question_list, name="question_list"),
    path("questions/facets/", finding.question_facets, name="question_facets"),
    path("questions/filters/", filters.filter_list, name="filter_list"),
    path("questions/filters/<key:pk>/drop/", filters.filter_drop, name="filter_drop"),
    path("questions/bulk/", bulk.question_bulk, name="question_bulk"),
    path("questions/bulk/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("questions/new/", writing.question_new, name="question_new"),
    path("questions/away/", keeping.away_list, name="away_list"),
    path("questions/<slug:slug>/", reading.question_detail, name="question_detail"),
    path("questions/<slug:slug>/versions/<key:number>/", reading.version_detail, name="version_detail"),
    path(
        "questions/<slug:slug>/versions/<key:number>/compare/<key:other>/",
        versions.version_compare,
        name="version_compare",
    ),
    path("questions/<slug:slug>/history/", versions.question_history, name="question_history"),
    path("questions/<slug:slug>/edit/", writing.question_edit, name="question_edit"),
    path("questions/<slug:slug>/draft/", writing.question_draft, name="question_draft"),
    path("questions/<slug:slug>/hand-in/", reviewing.version_hand_in, name="version_hand_in"),
    path("questions/<slug:slug>/review/", reviewing.version_review, name="version_review"),
    path("questions/<slug:slug>/publish/", writing.question_publish, name="question_publish"),
    path("questions/<slug:slug>/away/", keeping.question_away, name="question_away"),
    path("questions/<slug:slug>/back/", keeping.question_back, name="question_back"),
    path("questions/<slug:slug>/merge/", pairing.question_merge, name="question_merge"),
    path("questions/<slug:slug>/part/", pairing.question_part, name="question_part"),
    path("questions/<slug:slug>/apart/", pairing.question_enemies, name="question_enemies"),
    path("questions/<slug:slug>/apart/<slug:other>/drop/", pairing.enemy_drop, name="enemy_drop"),
    path("competencies/", competencies.competency_list, name="competency_list"),
    path("competencies/new/", competencies.competency_new, name="competency_new"),
    path("competencies/<slug:slug>/edit/", competencies.competency_edit, name="competency_edit"),
]
