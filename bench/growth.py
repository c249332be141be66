"""What a series costs in a whole recompute of a record of 100,000 series, against one of 10,000. Prints one line.

    python -m bench.growth

On a PostgreSQL database of its own: every figure read, every series judged, every signal written. 24 months a series
and the latest two quarters' ends rather than eight, which keeps the bench within three minutes; the figures are copied
straight into the table of current figures. The cost is processor time, of this process and of the database's own that
serves it, so that other work on the machine does not count; where the database's cannot be seen, this process's alone.
"""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from bench.databases import postgresql
from bench.recompute import LAST, SIGNALS, analyse, execute, guarded_by_nothing, measures_and_areas

FEW, MANY, MONTHS, QUARTERS = 10_000, 100_000, 24, 2
LIMIT = 1.2  # times what a series costs among few
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    with postgresql("growth"):
        import_module("measures.recompute").QUARTERS_KEPT = QUARTERS
        few = min(cost(FEW), cost(FEW)) if fill(FEW) else None
        fill(MANY)
        many = cost(MANY)
        seen = "this process and the database's" if database_seconds() is not None else "this process alone"
    kept = many <= LIMIT * few
    print(
        f"growth: a series costs {few:.0f} us of processor time among {FEW:,} and {many:.0f} us among {MANY:,} "
        f"({seen}; {MONTHS} months, {QUARTERS} quarters' ends): {many / few:.2f} times; the limit of {LIMIT} times is "
        f"{'kept' if kept else 'BROKEN'}"
    )
    sys.exit(0 if kept else 1)
