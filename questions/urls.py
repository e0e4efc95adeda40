from django.urls import path

from questions.views import competencies, exporting, importing, reading, writing

app_name = "questions"

urlpatterns = [
    path("questions/", reading.question_list, name="question_list"),
    path("questions/new/", writing.question_new, name="question_new"),
    path("questions/import/", importing.import_new, name="import_new"),
    path("questions/import/<key:pk>/", importing.import_detail, name="import_detail"),
    path("questions/import/<key:pk>/rows/<key:position>/", importing.import_row, name="import_row"),
    path("questions/export/", exporting.question_export, name="question_export"),
    path("questions/booklet.pdf", exporting.question_booklet_pdf, name="question_booklet_pdf"),
    path("questions/<slug:slug>/", reading.question_detail, name="question_detail"),
    path("questions/<slug:slug>/versions/<key:number>/", reading.version_detail, name="version_detail"),
    path("questions/<slug:slug>/edit/", writing.question_edit, name="question_edit"),
    path("questions/<slug:slug>/draft/", writing.question_draft, name="question_draft"),
    path("questions/<slug:slug>/publish/", writing.question_publish, name="question_publish"),
    path("competencies/", competencies.competency_list, name="competency_list"),
    path("competencies/new/", competencies.competency_new, name="competency_new"),
    path("competencies/<slug:slug>/edit/", competencies.competency_edit, name="competency_edit"),
]
