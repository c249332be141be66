"""Who may use the API, by a session or by a token, and how its lists are cut into pages."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from core.accounts import tokens
from core.accounts.backends import AccountBackend
from core.accounts.events import note, note_throttled
from core.accounts.models import ApiToken, SignInEvent, User
from core.accounts.permissions import Permission
from core.accounts.throttle import TooManyTries, address_key, count_try
from core.audit.middleware import client_address
from core.audit.reads import log_read


class TokenRefused(APIException):
    status_code = 401
    auth_header = 'Bearer realm="Reckoner"'
    default_detail = (
        "This token is not known here, has run out or was taken back. Nothing was read. "
        "Make another one under My account, Tokens for programs."
    )


class TokenTriesUsedUp(APIException):
    status_code = 429
    default_detail = "Too many wrong tokens came from this address. Nothing was read. Try again in 15 minutes."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer rkn_...`: reads as the person who made the token, with the roles they hold today."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        token = tokens.find(secret.strip())
        user = AccountBackend().get_user(token.user_id) if token is not None and token.is_good else None
        if token is None or user is None:
            self._refuse(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            raise PermissionDenied("A token only reads. Nothing was changed.")
        tokens.note_use(token, request)
        log_read(what=f"{request.path} with the token “{token.name}”", how="export", request=request, by=user)
        return user, token

    def _refuse(self, request: Request) -> None:
        try:
            count_try("", address_key(client_address(request)))
        except TooManyTries as refused:
            note_throttled(refused, request)
            raise TokenTriesUsedUp from None
        note(SignInEvent.What.WRONG_TOKEN, request)
        raise TokenRefused

    def authenticate_header(self, request: Request) -> str:
        return TokenRefused.auth_header


class TokenScheme(OpenApiAuthenticationExtension):
    """How the API's description speaks of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token made under My account; it only reads."}


class TokenThrottle(SimpleRateThrottle):
    """Keeps one program from crowding out the rest; counted in each web process."""

    rate = "300/min"
    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"api-token-{request.auth.pk}" if isinstance(request.auth, ApiToken) else None


class Denied(BasePermission):
    """The default: a view that names no permission answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class SignedIn(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)


def api_requires(*permissions: Permission) -> type[BasePermission]:
    """A permission class that lets in people who hold any of these, and their tokens that open the view's area."""

    class Holds(BasePermission):
        access = permissions

        def has_permission(self, request: Request, view: Any) -> bool:
            if isinstance(request.auth, ApiToken) and area_of(view) not in request.auth.areas:
                raise PermissionDenied("This token does not open this area. Nothing was read.")
            return bool(request.user and request.user.is_authenticated and request.user.has(*permissions))

    return Holds


def area_of(view: Any) -> str:
    """The app a view is of: `governance.papers.api` is of "papers"."""
    return type(view).__module__.removeprefix("governance.").partition(".")[0]


class Pages(PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 1_000
