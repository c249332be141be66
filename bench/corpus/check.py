"""Recompute what is printed, from the text alone: `python -m bench.corpus.check` reads both halves."""

import json
import re
from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from bench.corpus.shapes import half_up

NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
DAY = r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})"
CHANGE = (  # old, new and the percentage, by what surrounds them
    rf"from {NUMBER} in [^.;]*? to {NUMBER} in [^.;]*?\({NUMBER} per cent\)",
    rf"by {NUMBER} per cent, from {NUMBER} in [^.;]*? to {NUMBER} in ",
    rf"{NUMBER} [^.;\d]*?against {NUMBER} in [^.;]*?, an? \w+ of {NUMBER} per cent",
)
RATIO = (
    rf"Of the {NUMBER} investigations completed, {NUMBER} \({NUMBER} per cent\)",
    rf"looked at {NUMBER} cases and found {NUMBER} of them appropriate, or {NUMBER} per cent",
    rf"made {NUMBER} visits and saw the detainee at once on {NUMBER} of them \({NUMBER} per cent\)",
    rf"Out of {NUMBER} applications [\w ]*, {NUMBER} were successful – a success rate of {NUMBER} per cent",
)


def number(text):
    return Fraction(text.replace(",", ""))


def printed(value, text):
    places = len(text.partition(".")[2])
    return half_up(value, places) == text


def dates(text):
    """Days that do not exist, and weekdays that are another's."""
    found = []
    for match in re.finditer(rf"(?:(\w+day) )?{DAY}", text):
        weekday, day, month, year = match.groups()
        try:
            when = date(int(year), datetime.strptime(month, "%B").month, int(day))  # noqa: DTZ007
        except ValueError:
            found.append(f"no such day: {match[0]}")
            continue
        if weekday and f"{when:%A}" != weekday:
            found.append(f"{match[0]} is a {when:%A}")
    return found


def shares(text):
    """Percentage changes and ratios that do not follow from the figures beside them."""
    found = []
    for place, pattern in enumerate(CHANGE):
        for match in re.finditer(pattern, text):
            one, two, three = match.groups()
            old, new, said = ((one, two, three), (two, three, one), (two, one, three))[place]
            if not printed(abs(number(new) - number(old)) * 100 / number(old), said):
                found.append(match[0])
    for pattern in RATIO:
        for match in re.finditer(pattern, text):
            whole, part, said = match.groups()
            if not printed(number(part) * 100 / number(whole), said):
                found.append(match[0])
    return found


def sums(text):
    found = []
    three = rf"The total of {NUMBER} [\w -]+ comprises {NUMBER} in the north, {NUMBER} in the west and {NUMBER} in"
    two = rf"There were {NUMBER} [\w -]+: {NUMBER} in Barchester and {NUMBER} in the rest"
    for match in (*re.finditer(three, text), *re.finditer(two, text)):
        whole, *parts = map(number, match.groups())
        if whole != sum(parts):
            found.append(match[0])
    return found


def turns(text):
    """A rise that falls, or a fall that rises, between two plain counts."""
    found = []
    pattern = (
        rf"(rose|increased|went up|climbed|fell|decreased|went down|dropped) from {NUMBER} in [^.;]*? to {NUMBER} in"
    )
    for match in re.finditer(pattern, text):
        up = match[1] in ("rose", "increased", "went up", "climbed")
        if up != (number(match[3]) > number(match[2])):
            found.append(match[0])
    return found


def problems(text):
    return dates(text) + shares(text) + sums(text) + turns(text)


def main():
    for name in ("development", "frozen"):
        lines = (Path(__file__).parent / f"{name}.jsonl").read_text().splitlines()
        items = [json.loads(line) for line in lines]
        assert len({item["id"] for item in items}) == len({item["text"] for item in items}) == len(items)
        tally = Counter()
        for item in items:
            if item["fault"]:
                assert item["text"].count(item["fault"]["words"]) == 1, item
                tally["faulty"] += 1
                tally["faulty, seen from the text by the patterns here"] += bool(problems(item["text"]))
            else:
                assert not problems(item["text"]), (item, problems(item["text"]))
                tally["clean"] += 1
        print(name, dict(tally))


if __name__ == "__main__":
    main()
