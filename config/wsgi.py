"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.logging import configure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
configure()
application = get_wsgi_application()
