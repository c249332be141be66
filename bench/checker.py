"""How much of what is wrong the figure checker finds, and how often it cries wolf, on the planted corpus.

    python -m bench.checker

`bench/corpus` holds paragraphs, half of them with one planted fault, by somebody who had not read the checker. Found: a
finding of severity A, B or C lies in the sentence of the planted words, for where two figures contradict each other
either may be pointed at. Any other finding is a false alarm. The goal is 95 per cent of both on the frozen half,
and the bench fails below it. By family only the totals are printed, so that the frozen sentences stay closed.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from governance.papers.checking.check import check
from governance.papers.checking.facts import Facts, read_csv
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import parse_quarter
from governance.papers.checking.sentences import sentences

CORPUS = Path(__file__).parent / "corpus"
MEETING = (2019, 12, 19)
GOAL = 0.95


def main() -> None:
    kept = False
    facts = read_csv((CORPUS / "facts.csv").read_text())
    for half in ("development", "frozen"):
        began = time.process_time()
        items = [json.loads(line) for line in (CORPUS / f"{half}.jsonl").read_text().splitlines()]
        families, false = tally(items, facts)
        faults, found = (sum(each) for each in zip(*families.values(), strict=True))
        recall, precision = found / faults, found / (found + false)
        kept = min(recall, precision) >= GOAL  # the frozen half comes last and counts
        print(
            f"checker: {half} half, {len(items)} items, {faults} faults: recall {recall:.3f}, "
            f"precision {precision:.3f} (goal {GOAL} of both), {time.process_time() - began:.1f} s"
        )
        print("  " + ", ".join(f"{name} {found}/{faults}" for name, (faults, found) in sorted(families.items())))
    sys.exit(0 if kept else 1)


def tally(items: list[dict], facts: Facts) -> tuple[dict[str, tuple[int, int]], int]:
    """Planted faults and those found, by family; and the false alarms."""
    families: dict[str, tuple[int, int]] = {}
    false = 0
    for item in items:
        said = list(_grave(item["text"], facts))
        where = _sentence_of(item["text"], item["fault"]["words"]) if item["fault"] else (0, 0)
        hit = [one for one in said if where[0] <= one.start < where[1]]
        if item["fault"]:
            faults, found = families.get(item["fault"]["family"], (0, 0))
            families[item["fault"]["family"]] = faults + 1, found + bool(hit)
        false += len(said) - len(hit)
    return families, false


def _grave(text: str, facts: Facts) -> Iterator[Finding]:
    found = check(text, facts, quarter=parse_quarter("2019-20Q2"), meeting=MEETING)
    return (one for one in found if one.severity in "ABC")


def _sentence_of(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return next((start, end) for start, end in sentences(text) if start <= at < end)


if __name__ == "__main__":
    main()
