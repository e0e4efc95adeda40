import factory
from factory.django import DjangoModelFactory

from accounts.models import User


class UserFactory(DjangoModelFactory):
    """A person without rights or duties."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"

    class Params:
        administrator = factory.Trait(is_administrator=True)
        recruiter = factory.Trait(is_recruiter=True)
