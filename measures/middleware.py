"""Figures are read by whoever makes the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from measures import release


class ReaderMiddleware:
    """Lets readers of figures ask who is reading, without being told on every call."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with release.read_by(request):
            return self.get_response(request)
