"""Do the parts of a published table add to the totals it prints?

Forces add to their region, regions to England, forces to Wales, and England and Wales to the whole, with British
Transport Police where the publisher counts them in. A cell with a part that is missing says nothing either way.
"""

from collections.abc import Mapping

from measures.parsing.official.areas import BY_CODE, ENGLAND, OFFICIAL, TRANSPORT, WALES, WHOLE
from measures.parsing.official.found import Check

Cells = Mapping[str, Mapping[str, float | None]]  # code of an area -> heading -> figure
NAMED = 3  # totals that are not met, named in the sentence
ROUNDING = 0.011  # of a sum of full-time equivalents printed with two decimals

_PARTS = {
    area.code: [part.code for part in OFFICIAL if part.within == area.code and part.code != TRANSPORT.code]
    for area in OFFICIAL
}


def check_totals(cells: Cells, *, tolerance: float = ROUNDING) -> list[Check]:
    """One sentence for regions and Wales, one for England, one for the whole; only for totals that are printed."""
    regions = [code for code, parts in _PARTS.items() if parts and code not in (WHOLE, ENGLAND)]
    found = [
        _check("The forces add to the published total of their region or of Wales", cells, regions, tolerance),
        _check_country(cells, ENGLAND, [code for code in _PARTS[ENGLAND] if code in cells], tolerance),
        _check_country(cells, WHOLE, _parts_of_whole(cells), tolerance),
    ]
    return [check for check in found if check]


def check_parts(words: str, cells: Cells, whole: str, parts: tuple[str, ...], tolerance: float = 0.5) -> Check | None:
    """Whether columns add up to another in every row: offence groups to the total of all crime."""
    met, missed = 0, []
    for code, row in cells.items():
        figures = [row.get(part) for part in parts]
        if row.get(whole) is None or None in figures:
            continue
        if abs(sum(figures) - row[whole]) <= tolerance:  # type: ignore[arg-type,operator]
            met += 1
        else:
            missed.append(f"{BY_CODE[code].name} ({sum(figures):,.10g} against {row[whole]:,.10g})")  # type: ignore[arg-type]
    return _said(words, met, missed, "row")


def _check(words: str, cells: Cells, wholes: list[str], tolerance: float) -> Check | None:
    met, missed = 0, []
    for whole in wholes:
        for heading, printed in cells.get(whole, {}).items():
            total = _sum(cells, _PARTS[whole], heading)
            if total is None or printed is None:
                continue
            if abs(total - printed) <= tolerance:
                met += 1
            else:
                missed.append(f"{BY_CODE[whole].name}, {heading} ({total:,.10g} against {printed:,.10g})")
    return _said(words, met, missed, "cell")


def _parts_of_whole(cells: Cells) -> list[str]:
    return [ENGLAND, WALES] if ENGLAND in cells else [*(code for code in _PARTS[ENGLAND] if code in cells), WALES]


def _check_country(cells: Cells, whole: str, parts: list[str], tolerance: float) -> Check | None:
    """A total may count British Transport Police in; most do, and which is said."""
    met, missed, plain = 0, [], 0
    for heading, printed in cells.get(whole, {}).items():
        without = _sum(cells, parts, heading)
        if printed is None or without is None:
            continue
        transport = cells.get(TRANSPORT.code, {}).get(heading)
        near = abs(without - printed) <= tolerance
        with_it = transport is not None and abs(without + transport - printed) <= tolerance
        met, plain = met + (near or with_it), plain + near
        if not (near or with_it):
            missed.append(f"{heading} ({without + (transport or 0):,.10g} against {printed:,.10g})")
    names = "England and Wales" if whole == WHOLE else "The regions"
    of_what = "" if whole == WHOLE else " of England"
    words = f"{names}{'' if plain == met else ', with British Transport Police,'} add to the published total{of_what}"
    return _said(words, met, missed, "cell")


def _sum(cells: Cells, parts: list[str], heading: str) -> float | None:
    figures = [cells.get(part, {}).get(heading) for part in parts]
    return None if not figures or None in figures else sum(figures)  # type: ignore[arg-type]


def _said(words: str, met: int, missed: list[str], unit: str) -> Check | None:
    both = met + len(missed)
    if not both:
        return None
    sentence = f"{words} in {met:,} of {both:,} {unit}s."
    if missed:
        more = f" and {len(missed) - NAMED:,} more" if len(missed) > NAMED else ""
        sentence += f" Not in: {'; '.join(missed[:NAMED])}{more}."
    return Check(sentence, not missed)
