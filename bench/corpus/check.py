"""Recompute what is printed, from the text alone: `python -m bench.corpus.check` reads both halves."""

import csv
import json
import re
from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from bench.corpus.shapes import half_up

HERE = Path(__file__).parent
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


def means(text):
    """Means per month that do not follow from the total and the length of the period."""
    found = []
    for pattern in (
        rf"There were {NUMBER} [^.;]*? in ([^.;]*?), an average of {NUMBER} per month",
        rf"{NUMBER} [^.;]*? were recorded in ([^.;]*?), or {NUMBER} a month on average",
        rf"The total of {NUMBER} [^.;]*? for ([^.;]*?) works out at {NUMBER} a month",
    ):
        for match in re.finditer(pattern, text):
            months = 12 if "12 months" in match[2] or "year" in match[2] else 3
            if not printed(number(match[1]) / months, match[3]):
                found.append(match[0])
    return found


def gaps(text):
    """Differences and percentage points that are not the one figure less the other."""
    found = []
    apart = rf"from {NUMBER} in [^.;]*? to {NUMBER} in [^.;]*?, a difference of {NUMBER}"
    points = rf"from {NUMBER} per cent to {NUMBER} per cent, an? \w+ of {NUMBER} percentage"
    for match in (*re.finditer(apart, text), *re.finditer(points, text)):
        if abs(number(match[1]) - number(match[2])) != number(match[3]):
            found.append(match[0])
    return found


def spans(text):
    found = []
    for match in re.finditer(r"(\d+) consecutive months from (\w+ \d{4}) to (\w+ \d{4})", text):
        first, last = (datetime.strptime(words, "%B %Y") for words in match.groups()[1:])  # noqa: DTZ007
        if (last.year - first.year) * 12 + last.month - first.month + 1 != int(match[1]):
            found.append(match[0])
    return found


def known():
    """Each counted measure's words in prose, with its two latest values."""
    with (HERE / "names.csv").open() as names, (HERE / "facts.csv").open() as facts:
        latest = {(row["measure"], row["period"]): row["value"] for row in csv.DictReader(facts)}
        return [
            (row["in_prose"], latest[row["measure"], "2019-20Q2"], latest[row["measure"], "2019-09"])
            for row in csv.DictReader(names)
            if row["unit"] == "count"
        ]


def values(text, measures):
    """Counts of a measure in the latest quarter or year that are not the facts."""
    found = []
    for noun, quarter, rolling in measures:
        for pattern in (
            rf"There were (?P<value>[\d,]+) {noun} (?:recorded )?in (?P<period>[^.,;]*)",
            rf"number of {noun} in (?P<period>[^.,;]*?) was (?P<value>\d[\d,]*)\.(?!\d)",
            rf"(?:^|\. )(?P<value>[\d,]+) {noun} were recorded in (?P<period>[^.,;]*)",
        ):
            for match in re.finditer(pattern, text):
                period = match["period"]
                if any(word in period for word in ("2018", "last", "previous", "quarter one", "June", "earlier")):
                    continue
                true = rolling if "12 months" in period or "year" in period else quarter
                if number(match["value"]) != number(true):
                    found.append(match[0])
    return found


def identity():
    """This quarter less the same quarter last year is the change in rolling twelve (four times it, for a mean)."""
    with (HERE / "facts.csv").open() as facts:
        rows = {(row["measure"], row["period"]): Fraction(row["value"]) for row in csv.DictReader(facts)}
    for measure in {measure for measure, _ in rows}:
        quarter = rows[measure, "2019-20Q2"] - rows[measure, "2018-19Q2"]
        rolling = rows[measure, "2019-09"] - rows[measure, "2019-06"]
        assert quarter in (rolling, 4 * rolling), measure


def problems(text):
    return dates(text) + shares(text) + sums(text) + turns(text) + means(text) + gaps(text) + spans(text)


def main():
    identity()
    measures = known()
    for name in ("development", "frozen"):
        lines = (HERE / f"{name}.jsonl").read_text().splitlines()
        items = [json.loads(line) for line in lines]
        assert len({item["id"] for item in items}) == len({item["text"] for item in items}) == len(items)
        tally = Counter()
        for item in items:
            if item["fault"]:
                assert item["text"].count(item["fault"]["words"]) == 1, item
                tally["faulty"] += 1
                tally["faulty, seen from the text by the patterns here"] += bool(
                    problems(item["text"]) + values(item["text"], measures)
                )
            else:
                found = problems(item["text"]) + values(item["text"], measures)
                assert not found, (item, found)
                tally["clean"] += 1
        print(name, dict(tally))


if __name__ == "__main__":
    main()
