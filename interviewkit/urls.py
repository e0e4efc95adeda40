from django.urls import include, path

urlpatterns = [
    path("", include("committee.urls")),
    path("", include("interviews.urls")),
    path("", include("plans.urls")),
    path("", include("questions.urls")),
    path("", include("accounts.urls")),
]
