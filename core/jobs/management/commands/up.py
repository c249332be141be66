"""Run Reckoner: the web server and the worker, together, until stopped."""

import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from gunicorn.app import wsgiapp

from core.audit.checks import is_behind
from core.jobs.supervise import Child, Supervisor


class Command(BaseCommand):
    help = "Runs Reckoner, web server and worker, until it is stopped with Ctrl+C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: RECKONER_PORT, else 8000")
        parser.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
        parser.add_argument("--threads", type=int, default=4, help="threads in each web process (default 4)")
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the demonstration first")

    def handle(self, **options: Any) -> None:
        _check_port_is_free(options["host"], options["port"])
        if "RECKONER_URL" not in os.environ:
            settings.SITE_URL = f"http://localhost:{options['port']}"  # what mails, files and the demonstration say
        if is_behind():
            if not options["migrate"]:
                raise CommandError(
                    "The database is not up to date with this version. "
                    "Back it up, then run: python manage.py up --migrate"
                )
            call_command("migrate", interactive=False, verbosity=options["verbosity"])
        if options["demo"] and call_command("demo", if_empty=True):
            os.execv(sys.executable, [sys.executable, *sys.argv])  # afresh: the children inherit what is open here
        connections.close_all()
        os.chdir(settings.BASE_DIR)
        web = web_words(options["host"], options["port"], options["workers"], options["threads"])
        children = [Child("web server", partial(_serve, web)), Child("worker", _work)]
        announce = _announcer(options["host"], options["port"], self._say)
        Supervisor(children, say=self._say, each_look=announce).run()
        self._say("Reckoner has stopped.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def web_words(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        *("config.wsgi:application", "--bind", f"{host}:{port}", "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5"),  # seconds
        *("--max-requests", "10000", "--max-requests-jitter", "1000", "--log-level", "warning", "--no-control-socket"),
    ]


def _serve(words: list[str]) -> None:
    sys.argv = ["gunicorn", *words]
    wsgiapp.run()


def _work() -> None:
    """Beat runs inside the worker, so there may be one such worker only; more are started without -B."""
    current_app.worker_main(
        [
            *("-q", "worker", "-B", "-P", "threads"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", settings.LOG_LEVEL),
        ]
    )


def _check_port_is_free(host: str, port: int) -> None:
    with closing(socket.socket()) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Stop what uses it, or choose another with --port."
            ) from None


def _announcer(host: str, port: int, say: Callable[[str], None]) -> Callable[[], None]:
    """Called at each look: says the address once, as soon as a page is answered there (an open port is not yet one)."""
    said: list[bool] = []
    name = "localhost" if host in ("127.0.0.1", "localhost") else host

    def announce() -> None:
        if not said and _answers(host, port):
            said.append(True)
            say(f"Reckoner is at http://{name}:{port}/ - stop it with Ctrl+C.")

    return announce


def _answers(host: str, port: int) -> bool:
    with closing(HTTPConnection(host, port, timeout=0.5)) as caller:
        try:
            caller.request("HEAD", "/")
            return caller.getresponse().status > 0
        except (OSError, HTTPException):
            return False
