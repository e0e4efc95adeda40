"""One person's duties over all roles, as an administrator gives and takes them."""

import pytest

from plans.models import Membership
from tests.factories import MembershipFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return RoleFactory()


def test_an_administrator_gives_a_duty_on_the_page_of_a_person(role, signed_in):
    person = UserFactory()
    client = signed_in(UserFactory(administrator=True))
    values = {"role": role.pk, "duty": "committee", "may_decide": "on"}
    assert client.post(f"/people/{person.pk}/duties/", values).headers["Location"] == f"/people/{person.pk}/"
    assert Membership.objects.get(user=person).may_decide
    part = client.get(f"/people/{person.pk}/duties/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith(f'<section id="person-duties-{person.pk}"')
    assert "may decide" in part
    assert client.post(f"/people/{person.pk}/duties/", values).status_code == 422


def test_an_administrator_gives_themselves_no_duty_where_they_have_none(role, signed_in):
    administrator = UserFactory(administrator=True)
    answer = signed_in(administrator).post(
        f"/people/{administrator.pk}/duties/", {"role": role.pk, "duty": "committee"}
    )
    assert answer.status_code == 422
    assert not administrator.memberships.exists()


def test_only_an_administrator_opens_the_duties_of_a_person(signed_in):
    recruiter = UserFactory(recruiter=True)
    assert signed_in(recruiter).get(f"/people/{recruiter.pk}/duties/").status_code == 403


def test_an_administrator_takes_a_duty_but_not_the_last_recruiters(role, signed_in):
    client = signed_in(UserFactory(administrator=True))
    interviewer, recruiter = MembershipFactory(role=role), MembershipFactory(role=role, recruiter=True)
    answer = client.post(f"/people/duties/{interviewer.pk}/take/")
    assert answer.headers["Location"] == f"/people/{interviewer.user_id}/"
    assert client.post(f"/people/duties/{recruiter.pk}/take/").status_code == 409
    assert list(Membership.objects.all()) == [recruiter]


def test_the_list_costs_the_same_for_one_duty_and_three(signed_in, queries_of, django_assert_num_queries):
    client, person = signed_in(UserFactory(administrator=True)), UserFactory()
    MembershipFactory(user=person)
    one = queries_of(lambda: client.get(f"/people/{person.pk}/duties/"))
    MembershipFactory(user=person)
    MembershipFactory(user=person)
    with django_assert_num_queries(one):
        client.get(f"/people/{person.pk}/duties/")
