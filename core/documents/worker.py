"""What the processes that make PDFs have in common: they say how far they are, and may use only so much.

They know no Django and no database.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any


def say(**facts: Any) -> None:
    """One line of progress, or the last word, for whoever started this process."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def limit(limits: Mapping[str, int]) -> None:
    """No more processor time, memory or file size than the request allows."""
    for what, most in (
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def say_made(pages: int) -> None:
    """The last word of one that made its document: its pages and what it cost."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    say(pages=pages, cpu_seconds=round(usage.ru_utime + usage.ru_stime, 2), peak_kilobytes=usage.ru_maxrss)
