"""Write the facts and both halves of the corpus: `python -m bench.corpus.write`."""

import csv
import json
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path

from bench.corpus import shapes_change, shapes_claims, shapes_dates, shapes_facts, shapes_harmless, shapes_parts
from bench.corpus.check import problems
from bench.corpus.shapes import COUNTS, RATES, half_up, periods

HERE = Path(__file__).parent
SEED = 20191219
QUARTERS = [f"{y}-{(y + 1) % 100}Q{q}" for y, q in ((2017, 3), (2017, 4), *((2018, q) for q in (1, 2, 3, 4)))]
QUARTERS += ["2019-20Q1", "2019-20Q2"]
ENDS = ("2018-09", "2018-12", "2019-03", "2019-06", "2019-09")
FAULTY, HARMLESS = 660, 300
GROUPS = (
    *shapes_change.GROUPS,
    *shapes_parts.GROUPS,
    *shapes_facts.GROUPS,
    *shapes_dates.GROUPS,
    *shapes_claims.GROUPS,
)


def apart(values, least):
    return all(abs(a - b) >= least for i, a in enumerate(values) for b in values[:i])


def counted(rng, mean):
    """Eight quarters of a count; the rolling twelve months are the sum of four."""
    while True:
        quarters = [round(mean * rng.uniform(0.8, 1.2)) for _ in QUARTERS]
        rolling = [sum(quarters[i : i + 4]) for i in range(5)]
        if apart(quarters, mean * 0.012) and apart(rolling, mean * 0.02):
            return quarters, rolling


def rated(rng, mean):
    """Eight quarters of a rate in its last place; the rolling figure is the plain mean of four, and exact."""
    while True:
        quarters = [round(mean * rng.uniform(*((0.75, 1.25) if mean < 100 else (0.94, 1.06)))) for _ in range(4)]
        for i in range(4):
            reach = max(1, mean // 50)
            quarters.append(quarters[i] + 4 * rng.randint(-reach, reach))
        rolling = [sum(quarters[i : i + 4]) // 4 for i in range(5)]
        if sum(quarters[:4]) % 4 == 0 and quarters[7] not in (quarters[3], quarters[6]) and rolling[4] != rolling[0]:
            return quarters, rolling


def made_up(rng):
    """Every fact by measure, statistic and period."""
    facts = {}
    for measure in (*COUNTS, *RATES):
        if measure in COUNTS:
            quarters, rolling = counted(rng, COUNTS[measure][2])
            scale = 1
        else:
            quarters, rolling = rated(rng, RATES[measure][3])
            scale = 10 if RATES[measure][2] == "per cent" else 1
        for period, value in zip(QUARTERS, quarters, strict=True):
            facts[measure, "quarter", period] = Fraction(value, scale)
        for period, value in zip(ENDS, rolling, strict=True):
            facts[measure, "rolling12", period] = Fraction(value, scale)
    return facts


def filled(template, fields):
    """A template's text, and the words between its double brackets."""
    text = template.format(**fields)
    first = 2 if text.startswith("[[") else 0
    text = text[:first] + text[first].upper() + text[first + 1 :]
    start, stop = text.find("[["), text.find("]]")
    words = text[start + 2 : stop] if start >= 0 else None
    return text.replace("[[", "").replace("]]", ""), words


def one(rng, facts, group, template, fault):
    """One item, or none when the figures drawn do not suit the shape."""
    family, fill, _, _ = group
    fields = fill(rng, facts, fault)
    if fields is None:
        return None
    sentence, words = filled(template, {**periods(rng), **fields})
    before, after = rng.sample(shapes_harmless.NEIGHBOURS, 2)
    text = rng.choice(
        (sentence, sentence, f"{sentence} {after}", f"{before} {sentence}", f"{before} {sentence} {after}")
    )
    if fault and text.count(words) != 1:
        return None
    if not fault and problems(text):
        raise ValueError(f"{family}: {problems(text)}: {text}")
    return {"text": text, "fault": {"family": family, "words": words} if fault else None, "shape": (family, template)}


def drawn(rng, facts, groups, count, fault, seen):
    """So many items: by weight to the groups, and in turn through each group's shapes."""
    weight = sum(group[3] for group in groups)
    items = []
    for group in groups:
        wanted = round(count * group[3] / weight)
        tries = made = 0
        while made < wanted and tries < 60 * wanted:
            tries += 1
            item = one(rng, facts, group, group[2][tries % len(group[2])], fault)
            if item and item["text"] not in seen:
                seen.add(item["text"])
                items.append(item)
                made += 1
    return items


def halves(rng, items):
    """Each family shuffled and dealt in turn to the two halves, which are then shuffled themselves."""
    rng.shuffle(items)
    items.sort(key=lambda item: (bool(item["fault"]), item["shape"][0]))
    parts = {"development": items[::2], "frozen": items[1::2]}
    for part in parts.values():
        rng.shuffle(part)
    return parts


def write_facts(facts):
    with (HERE / "facts.csv").open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("measure", "statistic", "period", "value"))
        for (measure, statistic, period), value in facts.items():
            tenths = measure in RATES and RATES[measure][2] == "per cent"
            writer.writerow((measure, statistic, period, half_up(value, 1 if tenths else 0).replace(",", "")))
    with (HERE / "names.csv").open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("measure", "title", "in_prose", "unit", "high_is_good"))
        for measure, (title, noun, _) in COUNTS.items():
            writer.writerow((measure, title, noun, "count", "no"))
        for measure, (title, name, unit, _, good) in RATES.items():
            writer.writerow((measure, title, name.removeprefix("the "), unit, "yes" if good else "no"))


def main():
    rng = random.Random(SEED)
    facts = made_up(rng)
    write_facts(facts)
    seen = set()
    items = drawn(rng, facts, GROUPS, FAULTY, True, seen)
    items += drawn(rng, facts, GROUPS, FAULTY - HARMLESS, False, seen)
    items += drawn(rng, facts, shapes_harmless.GROUPS, HARMLESS, False, seen)
    for name, part in halves(rng, items).items():
        tally = Counter(item["fault"]["family"] if item["fault"] else "clean" for item in part)
        print(f"{name}: {len(part)} items, {len({item['shape'] for item in part})} shapes")
        for family, number in sorted(tally.items()):
            print(f"  {family:24} {number}")
        lines = []
        for number, item in enumerate(part, 1):
            row = {"id": f"{name[0]}{number:04}", "text": item["text"], "fault": item["fault"]}
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        (HERE / f"{name}.jsonl").write_text("".join(lines))


if __name__ == "__main__":
    main()
