"""What the processes that make PDFs have in common: they say how far they are, and may use only so much.

They know no Django and no database.
"""

import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATUS = "/proc/self/status"


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
    say(pages=pages, cpu_seconds=round(usage.ru_utime + usage.ru_stime, 2), peak_kilobytes=peak_kilobytes())


def peak_kilobytes() -> int:
    """The most memory this process has held at once.

    `ru_maxrss` will not do: a process takes over its parent's through fork and exec, so that what is started by a
    worker of 270 MB says 270 MB of itself.
    """
    return int(Path(STATUS).read_text(encoding="ascii").partition("VmHWM:")[2].split()[0])
