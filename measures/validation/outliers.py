"""Figures far outside the history of their series: a digit too many, two rows swapped. A warning, never a refusal.

A figure is compared with the 13 months of its series around it (those in the record and in the file; the last 13 at
the end of the series). It is far outside when it is more than twice or less than half their median, more than six
robust standard deviations from it (1.4826 times the median absolute deviation) and, for a count, more than five times
the square root of the median: small counts jump about by chance alone. Fewer than 13 months: no opinion.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

WINDOW = 13  # months
DEVIATIONS = 6
FOLD = 2
CHANCE = 5  # times the square root of the median, counts only
TO_STANDARD_DEVIATION = 1.4826  # median absolute deviation to standard deviation, normal distribution


def far_outside(
    series: np.ndarray, months: np.ndarray, figures: np.ndarray, is_count: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """series, months int[n] in any order, no pair twice; figures float64[n] without NaN; is_count bool[n].

    Returns (positions int[k] of those far outside, the medians float64[k] they were compared with).
    """
    if len(figures) < WINDOW:
        return np.empty(0, dtype=np.int64), np.empty(0)
    order = np.lexsort((months, series))
    ordered, values = series[order], figures[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(values)])
    start, length = np.repeat(starts, lengths), np.repeat(lengths, lengths)
    first = np.clip(np.arange(len(values)) - WINDOW // 2, start, np.maximum(start, start + length - WINDOW))
    first = np.minimum(first, len(values) - WINDOW)
    windows = sliding_window_view(values, WINDOW)
    medians = np.median(windows, axis=1)[first]
    apart = np.abs(values - medians)
    suspect = np.flatnonzero(
        (length >= WINDOW)
        & ((values > FOLD * medians) | (values < medians / FOLD))
        & (~is_count[order] | (apart > CHANCE * np.sqrt(np.maximum(medians, 1))))
    )
    spread = np.median(np.abs(windows[first[suspect]] - medians[suspect, None]), axis=1) * TO_STANDARD_DEVIATION
    suspect = suspect[apart[suspect] > DEVIATIONS * spread]
    positions = order[suspect]
    in_file_order = np.argsort(positions)
    return positions[in_file_order], medians[suspect][in_file_order]
