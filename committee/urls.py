from django.urls import include, path

from committee import views

_committee = [
    path("committee/", views.application_list, name="application_list"),
    path("committee/check/", views.packet_check, name="packet_check"),
    path("committee/<key:pk>/", views.packet_detail, name="packet_detail"),
    path("committee/<key:pk>/packet.pdf", views.packet_pdf, name="packet_pdf"),
    path("committee/<key:pk>/file/", views.packet_file, name="packet_file"),
    path("committee/<key:pk>/file/cancel/", views.packet_file_cancel, name="packet_file_cancel"),
    path("committee/<key:pk>/packet.json", views.packet_json, name="packet_json"),
    path("committee/<key:pk>/decision/", views.decision_record, name="decision_record"),
    path("committee/decisions/<key:pk>/facts.json", views.decision_facts, name="decision_facts"),
    path("committee/decisions/<key:pk>/supersede/", views.decision_supersede, name="decision_supersede"),
]

# The front page belongs to no app by name, because everything leads to it.
urlpatterns = [
    path("", views.today, name="today"),
    path("", include((_committee, "committee"))),
]
