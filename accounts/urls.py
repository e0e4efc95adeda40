from django.urls import include, path

from accounts.views import doors, own, people

_accounts = [
    path("healthz", doors.healthz, name="healthz"),
    path("set-password/", doors.set_password, name="set_password"),
    path("set-password/<str:uid>/<str:token>/", doors.link_follow, name="link_follow"),
    path("setup/", doors.setup, name="setup"),
    path("setup/<str:token>/", doors.setup_follow, name="setup_follow"),
    path("demo/sign-in/", doors.demo_sign_in, name="demo_sign_in"),
    path("profile/", own.profile, name="profile"),
    path("people/", people.person_list, name="person_list"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/settings/", people.house_settings, name="house_settings"),
    path("people/record/", people.record, name="record"),
    path("people/<key:pk>/", people.person_detail, name="person_detail"),
    path("people/<key:pk>/link/", people.person_link, name="person_link"),
    path("people/<key:pk>/deactivate/", people.person_deactivate, name="person_deactivate"),
    path("people/<key:pk>/reactivate/", people.person_reactivate, name="person_reactivate"),
]

# allauth finds its pages by these names.
urlpatterns = [
    path("sign-in/", doors.sign_in, name="account_login"),
    path("sign-out/", doors.sign_out, name="account_logout"),
    path("", include((_accounts, "accounts"))),
]
