import zoneinfo
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.lifecycle import Refused
from interviews.clashes import Clash, find_clashes
from interviews.local_times import happens_twice, moment_of
from interviews.models import MOST_EXTRA_MINUTES, Application, Candidate, Interview, Scorecard
from interviews.policies import seatable, seats_taken_for
from plans.models import Stage

_YEARS = timedelta(days=5 * 365)
NOBODY = ("", _("not there"))
_SELECT = forms.Select(attrs={"class": "form-select"})


def zones_offered(own: str) -> list[tuple[str, str]]:
    """The zones named after places, with UTC and one's own."""
    places = {
        zone
        for zone in zoneinfo.available_timezones()
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    }
    return [(zone, zone) for zone in sorted(places | {"UTC", own})]


class ClashForm(forms.Form):
    """A form whose meeting may clash: then it says so, and passes once that very clash is accepted."""

    anyway = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    clashes: list[Clash] = []

    def __init__(self, *args: Any, user: User, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.application = user, application

    @property
    def clash_mark(self) -> str:
        """What the tick says: these clashes and no others, so that an old tick does not pass a new clash."""
        return "-".join(f"{clash.interview.pk}.{clash.person.pk if clash.person else 0}" for clash in self.clashes)

    def find_clashes(self, people: Iterable[User], candidate: Candidate | None, meeting: Interview) -> None:
        """Fills `clashes` of an unsaved, moved or standing `meeting`; those not accepted yet make the form invalid."""
        self.clashes = find_clashes(people=people, candidate=candidate, meeting=meeting, reader=self.user)
        if self.clashes and self.cleaned_data.get("anyway") != self.clash_mark:
            self.add_error(
                None,
                _("Somebody has another interview at that time. Choose another time, or tick “Schedule all the same”."),
            )


class MeetingForm(ClashForm):
    """When and where. A valid form has `starts_at` in UTC."""

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("Time zone"))
    which = forms.ChoiceField(
        label=_("Which of the two"),
        required=False,
        choices=[("first", _("the first, before the clocks go back")), ("second", _("the second, after it"))],
        widget=forms.RadioSelect,
    )
    place = Interview._meta.get_field("place").formfield(
        label=_("Place or link"), help_text=_("A room, or the address of the video call.")
    )
    extra_minutes = forms.IntegerField(
        label=_("Extra minutes"),
        required=False,
        min_value=0,
        max_value=MOST_EXTRA_MINUTES,
        help_text=_("Agreed beforehand. The clock of the interview grows by them; the reason is written down nowhere."),
    )

    starts_at: datetime
    asks_which = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.initial.setdefault("zone", self.user.zone)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zones_offered(own)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if abs(day - timezone.localtime(clock.now()).date()) > _YEARS:
            raise ValidationError(_("This date is more than five years away. Choose a nearer one."))
        return day

    def clean_extra_minutes(self) -> int:
        return self.cleaned_data["extra_minutes"] or 0

    def clean_hour(self) -> Any:
        return self.cleaned_data["hour"].replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if {"day", "hour", "zone"} <= fields.keys():
            self._clean_moment(fields)
        return fields

    def _clean_moment(self, fields: dict[str, Any]) -> None:
        when = fields["day"], fields["hour"], fields["zone"]
        self.asks_which = happens_twice(*when)
        if self.asks_which and not fields.get("which"):
            self.add_error(
                "which", _("On that day this time comes twice in %(zone)s. Choose which is meant.") % {"zone": when[2]}
            )
        try:
            self.starts_at = moment_of(*when, second=fields.get("which") == "second")
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal.sentence))


class ScheduleForm(MeetingForm):
    """A new meeting: one of the stages without one, and who sits where."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Stage"), empty_label=None)

    def __init__(self, *args: Any, stages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage = self.fields["stage"]
        assert isinstance(stage, forms.ModelChoiceField)
        stage.queryset = stages
        stage.choices = [(str(one.pk), _stage_label(one)) for one in stages]
        self.people = {person.pk: person for person in seatable(self.application.role)}
        for pk, person in self.people.items():
            self.fields[f"seat_{pk}"] = forms.ChoiceField(
                label=person.name, required=False, choices=[NOBODY, *Scorecard.Seat.choices], widget=_SELECT
            )

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[f"seat_{pk}"] for pk in self.people]

    @property
    def seats(self) -> list[tuple[User, str]]:
        """(person, seat) of everyone chosen, leads first."""
        chosen = [(person, self.cleaned_data.get(f"seat_{pk}", "")) for pk, person in self.people.items()]
        return [(person, seat) for person, seat in chosen if seat]

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        if not self.errors:
            people = [person for person, _seat in self.seats]
            self.find_clashes(
                people,
                self.application.candidate,
                Interview(stage=fields["stage"], starts_at=self.starts_at, extra_minutes=fields["extra_minutes"]),
            )
        return fields


class MoveForm(MeetingForm):
    """Another time or place for one meeting. `was` is where it stood when the page was loaded."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        local = timezone.localtime(interview.starts_at, zoneinfo.ZoneInfo(interview.zone))
        initial = {
            "day": local.date(),
            "hour": local.time(),
            "zone": interview.zone,
            "which": "second" if local.fold else "first",
            "place": interview.place,
            "extra_minutes": interview.extra_minutes or None,
            "was": interview.starts_at.isoformat(),
        }
        super().__init__(*args, application=interview.application, initial=initial, **kwargs)
        self.interview = interview

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        if fields.get("was") != self.interview.starts_at.isoformat():
            self.add_error(
                None, _("Somebody has moved this interview meanwhile. Load the page again to see when it is now.")
            )
        if not self.errors:
            taken = seats_taken_for(self.user).filter(interview=self.interview).select_related("interviewer")
            people = [card.interviewer for card in taken]
            moved = Interview(
                pk=self.interview.pk,
                stage=self.interview.stage,
                starts_at=self.starts_at,
                extra_minutes=fields["extra_minutes"],
            )
            self.find_clashes(people, self.application.candidate, moved)
        return fields


class SeatForm(ClashForm):
    """One more person for a meeting."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), empty_label=_("Choose a person"))
    seat = Scorecard._meta.get_field("seat").formfield(label=_("Seat"))

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, application=interview.application, **kwargs)
        self.interview = interview
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = seatable(self.application.role).exclude(scorecards__interview=interview)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if not self.errors:
            self.find_clashes([fields["person"]], None, self.interview)
        return fields


class ReasonForm(forms.Form):
    """Why something is called off. The reason is kept with it."""

    reason = Interview._meta.get_field("cancel_reason").formfield(
        label=_("Reason"), required=True, widget=forms.Textarea(attrs={"rows": 3})
    )


def _stage_label(stage: Stage) -> str:
    return str(_("%(stage)s, %(minutes)s minutes") % {"stage": stage.name, "minutes": stage.minutes})
