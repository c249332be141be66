"""Who may use the API, and how its lists are cut into pages."""

from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission

from core.accounts.permissions import Permission


class Denied(BasePermission):
    """The default: a view that names no permission answers nobody."""

    def has_permission(self, request, view) -> bool:
        return False


class SignedIn(BasePermission):
    def has_permission(self, request, view) -> bool:
        return bool(request.user and request.user.is_authenticated)


def api_requires(*permissions: Permission) -> type[BasePermission]:
    """A permission class that lets in people who hold any of these."""

    class Holds(BasePermission):
        access = permissions

        def has_permission(self, request, view) -> bool:
            return bool(request.user and request.user.is_authenticated and request.user.has(*permissions))

    return Holds


class Pages(PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 1_000
