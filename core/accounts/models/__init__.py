"""The office, its people, how they sign in, and the tokens of their programs."""

from core.accounts.models.emergencies import EmergencyAccess
from core.accounts.models.links import PasswordLink
from core.accounts.models.owning import Owned, theirs
from core.accounts.models.people import Office, Person, RoleAssignment, User
from core.accounts.models.reviews import AccessAnswer, AccessReview
from core.accounts.models.signing_in import Attempt, SignInEvent, Sitting, SpentCode
from core.accounts.models.tokens import ApiToken, ApiTokenUse

__all__ = [
    "AccessAnswer",
    "AccessReview",
    "ApiToken",
    "ApiTokenUse",
    "Attempt",
    "EmergencyAccess",
    "Office",
    "Owned",
    "PasswordLink",
    "Person",
    "RoleAssignment",
    "SignInEvent",
    "Sitting",
    "SpentCode",
    "User",
    "theirs",
]
