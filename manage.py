#!/usr/bin/env python3
"""Run a Reckoner command. What it writes is logged as the command's doing, until somebody's name is known."""

import os
import sys

from django.core.management import execute_from_command_line

from config.logging import configure
from core.audit import audit_context

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    configure()
    with audit_context(actor_name=f"command:{sys.argv[1]}" if len(sys.argv) > 1 else "command"):
        execute_from_command_line(sys.argv)
