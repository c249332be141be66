"""An official street-level file of a hundred megabytes, counted while it is read: how much memory, how long.

    python -m bench.street

The file is made up: incidents of two forces and twelve months, the same few texts over and over, as real files have. It
is read in a process of its own, whose highest memory is what is held to the limit; a second process that only imports
the reader says how much of that is the program itself.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = 100_000_000  # bytes
LIMIT = 300.0  # MB
HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
TYPES = ("Anti-social behaviour", "Burglary", "Drugs", "Other theft", "Vehicle crime", "Violence and sexual offences")
READ = """
import resource, sys
from pathlib import Path
from measures.parsing import formats
if len(sys.argv) > 1:
    found = formats.read(Path(sys.argv[1])).found
    print(found.read, len(found.lines))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    words, kept = report()
    print(words)
    sys.exit(0 if kept else 1)


def report() -> tuple[str, bool]:
    """The line to print, and whether the limit was kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2018-10-northshire-street.csv"
        rows = make(path)
        began = time.perf_counter()
        counted, figures, peak = map(int, child(path).split())
        took = time.perf_counter() - began
        (bare,) = map(int, child().split())
    if counted != rows:
        raise SystemExit(f"street: {rows:,} rows were written and {counted:,} were read")
    memory = peak / 1000
    kept = memory <= LIMIT
    words = (
        f"street: {SIZE / 1_000_000:.0f} MB, {rows:,} incidents into {figures:,} figures in {took:.1f} s; highest "
        f"memory {memory:.0f} MB, of which {bare / 1000:.0f} MB are the program; the limit of {LIMIT:.0f} MB is "
        f"{'kept' if kept else 'BROKEN'}"
    )
    return words, kept


def make(path: Path) -> int:
    """Write the file; how many incidents it has."""
    chance, rows = random.Random(18), 0
    with path.open("w") as out:
        size = out.write(HEAD)
        while size < SIZE:
            size += out.write("".join(incident(chance) for _ in range(5_000)))
            rows += 5_000
    return rows


def incident(chance: random.Random) -> str:
    kind = chance.choice(TYPES)
    crime = "" if kind == TYPES[0] else f"{chance.getrandbits(256):064x}"
    force = chance.choice(("Northshire Police", "Southshire Police"))
    at = f"{chance.uniform(-2, -1):.6f},{chance.uniform(51, 52):.6f}"
    place = f"{at},On or near Mill Lane,E01099{chance.randrange(999):03}"
    outcome = "" if not crime else "Investigation complete; no suspect identified"
    return f"{crime},2018-{chance.randrange(1, 13):02},{force},{force},{place},Northshire 016F,{kind},{outcome},\n"


def child(*arguments: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", READ, *map(str, arguments)], capture_output=True, check=True, text=True
    ).stdout


if __name__ == "__main__":
    main()
