"""People and their accounts, made for a test."""

import datetime as dt

import factory

from core.accounts.models import Office, Person, RoleAssignment, User
from core.accounts.permissions import Role

STARTED = dt.date(2017, 4, 1)


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ("id",)

    id = 1
    name = "Office of the Police and Crime Commissioner for Testshire"
    short_name = "Testshire OPCC"
    force_name = "Testshire Police"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")
    job_title = "Superintendent"


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(roles=[Role.ANALYST])`; OPCC staff unless told otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@testshire.example")
    name = factory.Sequence(lambda n: f"User {n}")
    password = "!"  # signs in with `client.force_login`

    @factory.post_generation
    def roles(self, create: bool, extracted: list[str] | None, **kwargs: object) -> None:
        for role in [Role.STAFF] if extracted is None else extracted:
            RoleAssignment.objects.create(user=self, role=role, starts=STARTED)
        self.__dict__.pop("roles", None)
