"""Lists of names and codes that come with official statistics. They hold no figures, so nothing of them is stored.

The names of the forces in them are known to the importer already; how many are is said, so that a person sees whether
the list has one that is new.
"""

from measures.parsing.official.areas import named
from measures.parsing.official.found import Found, View
from measures.parsing.problems import Unreadable

FORMAT = "A list of names and codes"
FORCES_HEADS = ["id", "label"]
AUTHORITIES_HEADS = ("lad16cd", "pfa16cd", "pfa16nm")
OFFENCES_HEADS = ("ons_counts_category", "police_uk_cat_map_category")


def recognises(view: View) -> bool:
    heads = view.heads()
    return heads[:2] == FORCES_HEADS or set(AUTHORITIES_HEADS) <= set(heads) or set(OFFENCES_HEADS) <= set(heads)


def read(view: View) -> Found:
    """Always raises Unreadable: there is nothing to store."""
    heads = view.heads()
    if set(OFFENCES_HEADS) <= set(heads):
        raise _refusal("It sets the offence codes of two publishers side by side and holds no figures.")
    if heads[:2] == FORCES_HEADS:
        known = _known(view, 1)
        extra = ""
        if len(heads) > 2:
            extra = (
                f" Its column {view.rows[0][2]} is not taken: the numbers do not stand beside the forces they are of "
                "in every edition, and it does not say their source. Import the mid-year estimates of the Office for "
                "National Statistics instead."
            )
        raise _refusal(f"It lists forces: {known} are known to the importer by these names already.{extra}")
    name = heads.index("pfa16nm")
    raise _refusal(
        f"It says which local authority is in which police force area and holds no figures: {_known(view, name)} are "
        "known to the importer already, and the record keeps no figures of local authorities."
    )


def _known(view: View, column: int) -> str:
    names = {row[column].strip() for row in view.rows[1:] if len(row) > column}
    return f"{sum(named(name) is not None for name in names):,} of {len(names):,} names of forces"


def _refusal(why: str) -> Unreadable:
    return Unreadable("no_figures", f"This is a list of names and codes, of which nothing is stored. {why}")
