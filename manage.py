#!/usr/bin/env python3
"""Run a Reckoner command."""

import os
import sys

from django.core.management import execute_from_command_line

from config.logging import configure

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    configure()
    execute_from_command_line(sys.argv)
