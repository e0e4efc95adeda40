"""What people type about themselves and each other. Limits come from the model's own fields."""

import zoneinfo
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import House, User
from foundation.fields import refuse_reordering

# Far above any passphrase, far below what would keep the server busy hashing.
PASSWORD_LIMIT = 256


def zone_choices() -> list[tuple[str, str]]:
    """Every time zone by name, places first and the bare offsets last."""
    names = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"}, key=lambda name: ("/" not in name, name))
    return [(name, name.replace("_", " ")) for name in names]


def _limit_passwords(form: forms.BaseForm) -> None:
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.PasswordInput):
            field.validators.append(MaxLengthValidator(PASSWORD_LIMIT))
            form.fields[name] = field


class SignInForm(LoginForm):  # type: ignore[misc]  # the package has no types
    """Email and password, asked for in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device for a week")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        _limit_passwords(self)


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """A password for somebody who came by link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least 10 characters; a sentence of your own is easiest to keep.")
        self.fields["new_password2"].label = _("The same password again")
        self.fields["new_password2"].help_text = ""
        _limit_passwords(self)


class OwnPasswordForm(PasswordChangeForm):
    """A new password from somebody who knows the old one."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Password until now")
        # The page begins with other fields: the cursor does not start down here.
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = _("At least 10 characters; a sentence of your own is easiest to keep.")
        self.fields["new_password2"].label = _("The same password again")
        self.fields["new_password2"].help_text = ""
        _limit_passwords(self)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """Name and rights of a person who is here."""

    class Meta:
        model = User
        fields = ["name", "is_administrator", "is_recruiter"]


class NewPersonForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """A person to be added; they set their password themselves."""

    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, help_text=_("They can change it themselves."))

    class Meta:
        model = User
        fields = ["name", "email", "is_administrator", "is_recruiter", "zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_email(self)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """What a person changes about themselves."""

    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, help_text=_("Times are shown to you in this zone.")
    )

    class Meta:
        model = User
        fields = ["name", "zone"]


class SetupForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """The first administrator."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a sentence of your own is easiest to keep."),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, help_text=_("Times are shown to you in this zone.")
    )
    is_recruiter = forms.BooleanField(
        label=_("I also recruit"), required=False, help_text=_("Write questions, make roles and add candidates.")
    )

    class Meta:
        model = User
        fields = ["name", "email", "password", "zone", "is_recruiter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_email(self)
        _limit_passwords(self)

    def _post_clean(self) -> None:
        # As in Django's own forms: the likeness to name and email is judged once those are on the instance.
        super()._post_clean()  # type: ignore[misc]  # a seam of ModelForm that the stubs leave out
        if password := self.cleaned_data.get("password"):
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as problem:
                self.add_error("password", problem)


def _plain_email(form: forms.BaseForm) -> None:
    form.fields["email"].validators.append(refuse_reordering)


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """How the house works."""

    class Meta:
        model = House
        fields = ["reviews_questions"]
