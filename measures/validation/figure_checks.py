"""Checks of each figure by itself: can it be read, is it complete, is it possible for its measure?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from measures.parsing.mapping import DENOMINATOR, MARGIN, MONTH, NUMERATOR, SAMPLE_SIZE, VALUE
from measures.parsing.months import NO_MONTH, month_name
from measures.parsing.numbers import NotANumber
from measures.parsing.problems import WARNING
from measures.validation.checked import Checked, number
from measures.validation.definitions import SHARES, WHOLE, Definition

SCALE = {"ratio": 100, "audit_sample": 100, "rate": 1_000}  # numerator / denominator to the figure as printed
LABELS = {
    VALUE: "value",
    NUMERATOR: "numerator",
    DENOMINATOR: "denominator",
    MARGIN: "margin",
    SAMPLE_SIZE: "sample size",
}
TOLERANCE = 0.01  # by which a printed value may differ from its numerator / denominator, of the larger


@dataclass(frozen=True)
class Combined:
    """By row, NaN for none: `value` and `denominator` as the record stores them, `printed` the figure a reader sees
    (the
    quotient in its unit where there is a denominator); `missing` the mask of rows that hold no figure at all."""

    value: np.ndarray
    denominator: np.ndarray
    printed: np.ndarray
    missing: np.ndarray


def check_figures(checked: Checked) -> Combined:
    """Every check of one row's figures; what the row then holds."""
    _check_texts(checked)
    _check_signs(checked)
    combined = _combine(checked)
    _check_complete(checked, combined.missing)
    _check_denominators(checked)
    _check_whole(checked)
    _check_bounds(checked, combined)
    _check_agreement(checked)
    _check_fractions(checked)
    return combined


def check_months(checked: Checked, as_of: int) -> None:
    """A month that has not come yet, by the month it is now."""
    rows = checked.rows
    checked.find(
        "month_future",
        rows.months > as_of,
        lambda i: (
            f"{month_name(int(rows.months[i]))} has not come yet; the latest month is {month_name(as_of)}. "
            "Check the year."
        ),
        role=MONTH,
    )
    checked.sound &= rows.months != NO_MONTH


def _check_texts(checked: Checked) -> None:
    """What could not be read as a figure, in the words of the reader; % where there is no percentage."""
    for role, column in checked.columns.items():
        for trouble in column.troubles:
            codes = trouble.column.codes
            for code in sorted({problem.code for problem in trouble.problems.values()}):
                texts = [text for text, problem in trouble.problems.items() if problem.code == code]
                mask = np.zeros(len(checked.rows), dtype=bool)
                mask[trouble.rows] = np.isin(codes[trouble.rows], texts)
                checked.find(code, mask, _told(trouble.problems, codes), role=role)
        wrong = column.percent & ~column.bad & ~checked.of(lambda definition: definition.takes_percentages)
        checked.find(
            "percent_sign",
            wrong & (checked.codes >= 0),
            lambda i: f"{checked.name(i)} is not a percentage but has a % sign. Check the column.",
            role=role,
        )


def _told(problems: Mapping[int, NotANumber], codes: np.ndarray) -> Callable[[int], str]:
    return lambda i: str(problems[int(codes[i])])


def _check_signs(checked: Checked) -> None:
    below = checked.of(lambda definition: definition.minimum is not None and definition.minimum < 0)
    for role in checked.columns:
        wrong = (checked.floats(role) < 0) & (checked.codes >= 0)
        allowed = below if role in (VALUE, NUMERATOR) else np.zeros_like(below)
        if checked.corrections and role == VALUE:
            words = "a correction of the publisher, larger than the count, kept as it is"
            checked.find("correction", wrong & ~allowed, _said(checked, role, words), role=role, severity=WARNING)
        else:
            checked.find("negative", wrong & ~allowed, _said(checked, role, "it cannot be below zero"), role=role)


def _combine(checked: Checked) -> Combined:
    value, numerator, denominator = (checked.floats(role) for role in (VALUE, NUMERATOR, DENOMINATOR))
    mean = checked.of(lambda definition: definition.kind == "duration") & ~np.isnan(denominator) & np.isnan(numerator)
    stored = np.where(np.isnan(numerator), np.where(mean, value * denominator, value), numerator)
    scale = checked.by_measure([SCALE.get(definition.kind, 1) for definition in checked.definitions], 1)
    safe = np.where(denominator > 0, denominator, np.nan)
    printed = np.where(np.isnan(denominator), stored, stored / safe * scale)
    bad = np.zeros(len(checked.rows), dtype=bool)
    for column in checked.columns.values():
        bad |= column.bad
    missing = np.isnan(value) & np.isnan(numerator) & np.isnan(denominator) & ~bad
    return Combined(stored, denominator, printed, missing)


def _check_complete(checked: Checked, missing: np.ndarray) -> None:
    """Numerator and denominator belong together; a share cannot do without either."""
    has = {role: ~np.isnan(checked.floats(role)) for role in (VALUE, NUMERATOR, DENOMINATOR)}
    read = (checked.codes >= 0) & ~missing
    for role in has:
        if role in checked.columns:
            read &= ~checked.columns[role].bad
    duration = checked.of(lambda definition: definition.kind == "duration")
    above = has[NUMERATOR] | (duration & has[VALUE])
    needs = checked.of(lambda definition: definition.kind in SHARES or definition.needs_denominator)
    needs &= ~(duration & checked.lone_averages)
    without = read & needs & ~has[DENOMINATOR]
    checked.find(
        "denominator_missing",
        without,
        lambda i: (
            f"{checked.name(i)} needs a numerator and a denominator, and the denominator is not there. "
            "A percentage or average alone cannot be added up over months."
        ),
        role=DENOMINATOR if DENOMINATOR in checked.columns else VALUE,
    )
    checked.find(
        "numerator_missing",
        read & has[DENOMINATOR] & ~above,
        lambda i: f"{checked.name(i)} has a denominator but no numerator. Add the numerator.",
        role=NUMERATOR if NUMERATOR in checked.columns else DENOMINATOR,
    )


def _check_denominators(checked: Checked) -> None:
    denominator, numerator = checked.floats(DENOMINATOR), checked.floats(NUMERATOR)
    known = checked.codes >= 0
    checked.find(
        "denominator_zero",
        known & (denominator == 0),
        lambda i: (
            f"The denominator of {checked.name(i)} is 0, so there is no figure to work out. "
            "Leave both cells blank if nothing happened that month."
        ),
        role=DENOMINATOR,
    )
    shares = checked.of(lambda definition: definition.kind in SHARES)
    checked.find(
        "numerator_above_denominator",
        shares & (numerator > denominator) & (denominator > 0),
        lambda i: (
            f"The numerator of {checked.name(i)}, {number(numerator[i])}, is larger than its denominator, "
            f"{number(denominator[i])}. Check that the two are not swapped."
        ),
        role=NUMERATOR,
    )


def _check_whole(checked: Checked) -> None:
    whole = checked.of(lambda definition: definition.kind in WHOLE)
    counts = checked.of(lambda definition: definition.kind == "count")
    everything = checked.codes >= 0
    for role, rows in ((VALUE, counts), (NUMERATOR, whole), (DENOMINATOR, whole), (SAMPLE_SIZE, everything)):
        if role not in checked.columns:
            continue
        floats = checked.floats(role)
        percent = checked.columns[role].percent
        broken = rows & ~percent & ~np.isnan(floats) & (floats != np.floor(floats))
        checked.find("not_whole", broken, _said(checked, role, "it should be a whole number"), role=role)


def _said(checked: Checked, role: str, what: str) -> Callable[[int], str]:
    floats = checked.floats(role)
    return lambda i: f"The {LABELS[role]} of {checked.name(i)} is {number(floats[i])}; {what}. Check the cell."


def _check_bounds(checked: Checked, combined: Combined) -> None:
    printed = combined.printed
    role = VALUE if VALUE in checked.columns else NUMERATOR
    least = checked.by_measure([_least(definition) for definition in checked.definitions], np.nan)
    most = checked.by_measure([_most(definition) for definition in checked.definitions], np.nan)
    checked.find(
        "below_minimum",
        printed < least,
        lambda i: f"{checked.name(i)} is {number(printed[i])}; it cannot be below {number(least[i])}. Check it.",
        role=role,
    )
    checked.find(
        "above_maximum",
        printed > most,
        lambda i: f"{checked.name(i)} is {number(printed[i])}; it cannot be above {number(most[i])}. Check it.",
        role=role,
    )


def _least(definition: Definition) -> float:
    """NaN where nothing is stated: no figure is below NaN."""
    return np.nan if definition.minimum is None else definition.minimum


def _most(definition: Definition) -> float:
    if definition.maximum is None and definition.kind == "survey":
        return 100.0  # per cent
    return np.nan if definition.maximum is None else definition.maximum


def _check_agreement(checked: Checked) -> None:
    """A printed value beside its numerator and denominator should be their quotient, as a percentage or a fraction."""
    value, numerator, denominator = (checked.floats(role) for role in (VALUE, NUMERATOR, DENOMINATOR))
    quotient = numerator / np.where(denominator > 0, denominator, np.nan)
    scale = checked.by_measure([SCALE.get(definition.kind, 1) for definition in checked.definitions], 1)
    apart = np.ones(len(checked.rows), dtype=bool)
    for worked_out, slack in ((quotient * scale, 0.5), (quotient, 0.005)):  # half of the last digit likely printed
        allowed = slack + TOLERANCE * np.maximum(np.abs(value), np.abs(worked_out))
        apart &= np.abs(value - worked_out) > allowed
    checked.find(
        "value_disagrees",
        apart & (checked.codes >= 0),
        lambda i: (
            f"The value of {checked.name(i)} is given as {number(value[i])} but its numerator and denominator "
            f"give {number(quotient[i] * scale[i])}. The numerator and denominator are used."
        ),
        role=VALUE,
        severity=WARNING,
    )


def _check_fractions(checked: Checked) -> None:
    """A survey percentage is held as 19, not 0.19; a whole column below 1 was probably a column of fractions."""
    value = checked.floats(VALUE)
    percent = checked.columns[VALUE].percent if VALUE in checked.columns else np.zeros(len(value), dtype=bool)
    surveys = checked.of(lambda definition: definition.kind == "survey") & ~np.isnan(value) & ~percent
    first = np.zeros(len(value), dtype=bool)
    for code in np.unique(checked.codes[surveys]).tolist():
        rows = np.flatnonzero(surveys & (checked.codes == code))
        first[rows[0]] = value[rows].max() <= 1
    checked.find(
        "fractions",
        first,
        lambda i: (
            f"Every figure of {checked.definitions[checked.codes[i]].name} is 1 or less. It is a percentage: "
            "0.19 should be 19. Check the column."
        ),
        role=VALUE,
        severity=WARNING,
    )
