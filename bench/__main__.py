"""Run every bench, each in a process of its own so that none warms another: `make bench`. Ends with the table.

    python -m bench [NAME ...]

The table is that of docs/benchmarks.md with what was measured now in the place of what was measured then.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BENCHES = (
    "signals",
    "engine",
    "recompute",
    "growth",
    "imports",
    "million",
    "workers",
    "street",
    "scorecard",
    "casework",
    "paper",
    "preview",
    "pack",
    "audit",
    "checker",
    "typed",
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEAD = ("what", "against what", "measured", "limit", "code")
MEASURED, CODE = HEAD.index("measured"), HEAD.index("code")


def main() -> None:
    asked = [name for name in BENCHES if name in sys.argv[1:] or not sys.argv[1:]]
    printed, failed = {}, []
    for name in asked:
        began = time.monotonic()
        print(f"--- {name}", flush=True)
        printed[name], code = run(name)
        if code:
            failed.append(name)
        print(f"    {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    print(f"\n{line(HEAD)}\n{'|---' * len(HEAD)}|")
    for row in table(printed, failed):
        print(line(row))
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    sys.exit(1 if failed else 0)


def run(name: str) -> tuple[list[str], int]:
    """What a bench says of itself, as it says it, and how it ended."""
    said = []
    with subprocess.Popen([sys.executable, "-m", f"bench.{name}"], stdout=subprocess.PIPE, text=True) as bench:
        for one in bench.stdout or ():
            print(one, end="", flush=True)
            if one.startswith(f"{name}: "):
                said.append(one.removeprefix(f"{name}: ").strip())
    return said, bench.returncode


def table(printed: dict[str, list[str]], failed: list[str]) -> Iterator[list[str]]:
    """The rows of the page of the benches that were run. A bench of one row says in it whatever it said."""
    rows = [row for row in held() if name_in(row) in printed]
    for name, said in printed.items():
        own = [row for row in rows if name_in(row) == name] or [[name, "", "", "", f"`bench/{name}.py`"]]
        kept = said if len(said) == len(own) else [". ".join(said)] + ["see above"] * (len(own) - 1)
        for row, words in zip(own, kept, strict=True):
            row[MEASURED] = (words or "nothing was said") + (" (FAILED)" if name in failed else "")
            yield row


def held() -> list[list[str]]:
    """The rows of the page's table."""
    lines = [one for one in PAGE.read_text().splitlines() if one.startswith("| ")]
    rows = [[cell.strip() for cell in one.strip("|").split("|")] for one in lines]
    return [row for row in rows if len(row) == len(HEAD) and row[CODE].startswith("`bench/")]


def name_in(row: list[str]) -> str:
    return Path(row[CODE].strip("`")).stem


def line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
