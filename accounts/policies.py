"""Rights in the whole house, as marks for views."""

from django.utils.translation import gettext_lazy as _

from foundation.policy import policy

administrator = policy(
    "administrator",
    lambda user: user.is_administrator,
    _("This page is for administrators. Ask one of them if you need something changed here."),
)
recruiter = policy(
    "recruiter",
    lambda user: user.is_recruiter,
    _("This page is for recruiters. An administrator can give you that right."),
)
