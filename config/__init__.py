"""Settings, addresses and the Celery application of the whole installation."""

from config.celery import app

__all__ = ["app"]
