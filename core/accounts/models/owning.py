"""Who answers for a thing: an owner, in a role of their own where one is said, and a deputy with them."""

from django.db.models import Q

from core.accounts.models.people import Person, User


class Owned:
    """For models with `owner`, `owner_role` and `deputy`."""

    owner: Person | None
    owner_role: str
    deputy: Person | None

    @property
    def owner_as(self) -> str:
        """What the owner answers for it as: the role that is said, else the post, else the name."""
        return (self.owner_role or self.owner.job_title or self.owner.name) if self.owner else ""

    @property
    def owner_words(self) -> str:
        """A name, and the role it is answered for in."""
        if self.owner is None:
            return ""
        return self.owner.name if self.owner_as == self.owner.name else f"{self.owner.name}, {self.owner_as}"

    def is_theirs(self, user: User) -> bool:
        return user.pk in {one.user_id for one in (self.owner, self.deputy) if one}


def theirs(user: User) -> Q:
    """What a person owns or is the deputy for.

    Asked by the keys of people: joined to them, the database would look at every action of the office.
    """
    me = Person.objects.filter(user=user).values("pk")
    return Q(owner__in=me) | Q(deputy__in=me)
