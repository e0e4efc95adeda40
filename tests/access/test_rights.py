"""Nobody takes more than they hold, and whatever is given, taken or done is on record with whoever did it."""

import pytest
from django.urls import reverse

from accounts.models import Entry, User
from interviews.models import Scorecard
from plans.models import Duty, Membership
from tests.access.sendings import sendings
from tests.access.watching import all_rows, taken_back
from tests.test_access import ADMINISTRATORS, ANYONE, STAFFING

pytestmark = pytest.mark.django_db
ALL_RIGHTS = {"name": "Me", "email": "me@example.org", "is_administrator": "on", "is_recruiter": "on", "zone": "UTC"}
EVERY_DUTY = [(duty, may_decide) for duty in Duty.values for may_decide in ("", "on")]
# These keep a history of their own, or are nobody's business.
NOT_ON_RECORD = {
    "interviews:score_save", "interviews:notes_save", "interviews:interview_time_up", "account_logout",
    "questions:import_new", "questions:import_row", "plans:plan_assemble",
    # Nothing is lost by it: the file is made when it is opened.
    "committee:packet_file_cancel",
    # What a person keeps for themselves.
    "questions:filter_list", "questions:filter_drop",
}  # fmt: skip


def test_who_is_no_administrator_gives_no_right_to_anybody(world, client_of):
    clients = {person: client_of(person) for person in sorted(ANYONE - ADMINISTRATORS)}
    before = all_rows()
    for person, client in clients.items():
        _try_every_right(client, person, world)
    assert all_rows() == before


def _try_every_right(client, person, world):
    me = world.people[person].pk
    boss = world.people["administrator"].pk
    for name, args in [
        ("person_new", []), ("person_detail", [me]), ("person_reactivate", [me]), ("person_link", [me]), ("person_link", [boss]),
        ("person_deactivate", [boss]), ("person_detail", [boss]),
    ]:  # fmt: skip
        assert client.post(reverse(f"accounts:{name}", args=args), ALL_RIGHTS).status_code == 403, (person, name)


def test_who_does_not_staff_a_role_gives_no_duty_of_it_to_themselves(world, client_of):
    clients = {person: client_of(person) for person in sorted(ANYONE - STAFFING)}
    before = all_rows()
    for person, client in clients.items():
        _try_every_duty(client, person, world)
    assert all_rows() == before


def _try_every_duty(client, person, world):
    me = world.people[person]
    for duty, may_decide in EVERY_DUTY:
        fields = {"user": me.pk, "role": world.mine.role.pk, "duty": duty, "may_decide": may_decide}
        for name, args in (("plans:duty_give", [world.mine.role.pk]), ("plans:person_duties", [me.pk])):
            answer = client.post(reverse(name, args=args), fields)
            assert answer.status_code in ({404, 422} if person in ADMINISTRATORS else {403, 404}), (name, duty)
    for membership in world.mine.role.memberships.all():
        answer = client.post(reverse("plans:duty_decide", args=[membership.pk]), {"may_decide": "yes"})
        assert answer.status_code == 404, person


def test_the_right_to_recruit_opens_no_role_by_itself(world, client_of):
    client, me = client_of("administrator"), world.people["administrator"]
    answer = client.post(
        reverse("accounts:person_detail", args=[me.pk]),
        {"name": me.name, "is_administrator": "on", "is_recruiter": "on"},
    )
    assert answer.status_code == 302
    assert User.objects.get(pk=me.pk).is_recruiter
    assert (Entry.objects.last().verb, Entry.objects.last().actor) == ("person.rights_changed", me)
    # Other rights end every session, their own too.
    client = client_of("administrator")
    for name, word in (("plans:role_detail", "role"), ("interviews:application_detail", "application")):
        assert client.get(reverse(name, args=[world.mine.objects[word]])).status_code == 404


def test_a_recruiter_takes_a_seat_only_by_a_duty_on_record_and_is_blind_from_then_on(world, client_of):
    client, me, here = client_of("recruiter"), world.people["recruiter"], world.mine.objects
    card = reverse("interviews:scorecard_detail", args=[here["sealed"]])
    seat = reverse("interviews:seat_add", args=[here["interview"]])
    assert client.get(card).status_code == 200
    assert client.post(seat, {"person": me.pk, "seat": "panel"}).status_code == 422
    duty = {"user": me.pk, "duty": "interviewer"}
    assert client.post(reverse("plans:duty_give", args=[here["role"]]), duty).status_code == 302
    assert client.post(seat, {"person": me.pk, "seat": "panel"}).status_code == 302
    assert [entry.verb for entry in Entry.objects.filter(actor=me)][-2:] == ["duty.given", "scorecard.opened"]
    assert client.get(card).status_code == 404
    own = Scorecard.objects.get(interviewer=me)
    # Giving the duty back does not open the eyes; giving up the card does, with a reason and on record.
    given = Membership.objects.get(user=me, duty="interviewer")
    assert client.post(reverse("plans:duty_take", args=[given.pk])).status_code == 302
    assert client.get(card).status_code == 404
    assert client.post(reverse("interviews:card_waive", args=[own.pk]), {"reason": "Too close."}).status_code == 302
    assert (Entry.objects.last().verb, Entry.objects.last().actor) == ("scorecard.waived", me)
    assert client.get(card).status_code == 200


@pytest.mark.parametrize("app", ["accounts", "questions", "plans", "interviews", "committee"])
def test_whatever_is_done_is_on_record_with_whoever_did_it(world, client_of, app):
    for name, sending in sendings(world).items():
        if not name.startswith(app) or name in NOT_ON_RECORD or sending.status == 409:
            continue
        client, before = client_of(sending.person), Entry.objects.count()
        with taken_back():
            client.post(sending.path, sending.fields)
            new = list(Entry.objects.order_by("pk")[before:])
        assert new, name
        assert {entry.actor for entry in new} == {world.people[sending.person]}, name
