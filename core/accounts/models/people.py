"""The office, the people it knows, the accounts they sign in with, and the roles those hold."""

import datetime as dt
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from core.audit import record


@record
class Office(models.Model):
    """The one office this installation serves."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    force_name = models.CharField("name of the force", max_length=120)
    commissioner_title = models.CharField(max_length=120, default="Police and Crime Commissioner")
    panel_name = models.CharField(max_length=160, default="Police and Crime Panel")
    is_demo = models.BooleanField("is a demonstration with synthetic figures", default=False)
    today_override = models.DateField(
        "the date shown as today",
        null=True,
        blank=True,
        help_text="For a demonstration only, so that its deadlines make sense.",
    )

    emergency_until = models.DateTimeField("emergency access lasts until", null=True, blank=True)
    emergency_words = models.CharField("who holds emergency access", max_length=500, blank=True)

    class Meta:
        verbose_name = "office"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_office_in_an_installation"),
            models.CheckConstraint(
                condition=Q(today_override__isnull=True) | Q(is_demo=True),
                name="only_a_demo_sets_the_date_shown_as_today",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def emergency(self) -> str:
        """What every page says while somebody holds a role by emergency; empty otherwise."""
        lasts = self.emergency_until is not None and self.emergency_until > timezone.now()
        return self.emergency_words if lasts else ""

    @property
    def today(self) -> dt.date:
        return self.today_override or timezone.localdate()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@record
class User(AbstractBaseUser):
    """An account. What it may do comes from its roles, never from the account itself."""

    audit_secret = {"password"}

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "user"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held on the real date of today."""
        return frozenset(self.role_assignments.held_on(timezone.localdate()).values_list("role", flat=True))

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset().union(*(ROLE_PERMISSIONS[role] for role in self.roles))

    def has(self, *permissions: Permission) -> bool:
        """Whether any of these permissions is held."""
        return self.is_active and any(permission in self.permissions for permission in permissions)


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Roles held on that day; one taken in an emergency only to its hour."""
    starts, ends, until = (f"{prefix}{name}" for name in ("starts__lte", "ends", "until"))
    return (
        Q(**{starts: day})
        & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day}))
        & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": timezone.now()}))
    )


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def held_on(self, day: dt.date) -> "RoleAssignmentQuerySet":
        return self.filter(in_force(day))


@record
class RoleAssignment(models.Model):
    """A role a user holds, from a day and perhaps to a day, both included."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    until = models.DateTimeField("taken in an emergency, until", null=True, blank=True)
    by_claim = models.CharField("what the organisation says that gives it", max_length=120, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "role assignment"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="a_role_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["user", "role", "starts"], name="one_assignment_of_a_role_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


@record
class Person(models.Model):
    """Somebody the office deals with: a member, an officer or a partner, with or without an account."""

    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="person")

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name
