from django.urls import include, path

handler400 = "foundation.http.not_understood"
urlpatterns = [
    path("", include("committee.urls")),
    path("", include("interviews.urls")),
    path("", include("plans.urls")),
    path("", include("questions.urls")),
    path("", include("accounts.urls")),
]
