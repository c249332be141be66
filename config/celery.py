"""The Celery application: which broker carries the wake-up calls, and how a worker behaves.

The rows of core.jobs are the truth about work, so nothing here has to be durable: no result is kept by Celery, a
message is acknowledged late, and one that cannot be sent at once is left to the sweep.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from config.logging import configure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _file_broker() -> dict[str, Any]:
    """Files under `var/broker`: for one machine, with nothing to install."""
    messages, control = settings.BROKER_DIR / "messages", settings.BROKER_DIR / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport": "core.jobs.transport:Transport",  # kombu's own, but a message appears whole
        "broker_transport_options": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": 0.1,  # seconds; the default costs a second a task
        },
    }


def _redis_broker() -> dict[str, Any]:
    return {
        "broker_url": settings.REDIS_URL,
        "broker_transport_options": {
            "socket_connect_timeout": 1,  # seconds
            "socket_timeout": 2,  # seconds
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,  # of a sender; a worker tries for ever
        },
    }


def celery_settings() -> dict[str, Any]:
    """Read when Celery first needs them, by which time Django's settings are there."""
    return {
        **(_redis_broker() if settings.REDIS_URL else _file_broker()),
        "broker_connection_timeout": 1,  # seconds
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # a worker waits for its broker for ever
        "task_publish_retry": False,
        "task_default_queue": os.environ.get("RECKONER_QUEUE", "reckoner"),
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "result_backend": None,
        "worker_prefetch_multiplier": 1,
        "worker_pool": "threads",
        "worker_concurrency": int(os.environ.get("RECKONER_JOB_THREADS", "2")),
        "worker_cancel_long_running_tasks_on_connection_loss": False,  # the claim decides, not the connection
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "timezone": settings.TIME_ZONE,  # the nightly work is due by the office's clock
        "enable_utc": True,
        "beat_schedule_filename": str(settings.VAR_DIR / "beat-schedule"),
    }


app = Celery("reckoner", include=["core.jobs.worker"])
app.add_defaults(celery_settings)


@setup_logging.connect
def _set_up_logging(**_: Any) -> None:
    """Being connected, this also keeps Celery from setting up logging of its own."""
    configure()
