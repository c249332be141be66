"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.logging import configure


def settle() -> None:
    """Import what the first request would, and leave all of it out of every look for what is no longer used.

    A full look goes through each object there is. The program's own, half a million, stay to its end; now and then
    they kept one person waiting for a quarter of a second.
    """
    assert get_resolver().url_patterns
    gc.collect()
    gc.freeze()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
configure()
application = get_wsgi_application()
settle()
