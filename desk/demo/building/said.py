"""What people said: entered by the analyst, checked by another, some of it chosen for a commentary."""

from collections.abc import Iterable

from core.accounts.permissions import Role
from desk.demo.building.cast import Cast
from desk.demo.words import said as words
from governance.papers.actions.quotations import choose_quotations, move_quotation, save_quotation
from governance.papers.models import Quarter, Quotation
from measures.models import Measure

Said = tuple[str, str, str, bool]


def quote(quarter: Quarter, cast: Cast) -> None:
    """Quotations of one measure in every state, and those that go with its commentary of a quarter."""
    commentary = quarter.commentaries.select_related("measure").get(measure__slug=words.MEASURE)
    chosen = _checked(_entered(words.CHOSEN, commentary.measure, cast), cast)
    choose_quotations(commentary=commentary, standing=[], chosen=chosen, by=cast[Role.ANALYST])
    _checked(_entered(words.KEPT_BACK, commentary.measure, cast), cast)
    _entered(words.NOT_CHECKED, commentary.measure, cast)
    for one in _checked(_entered(words.TAKEN_BACK, commentary.measure, cast), cast):
        to = Quotation.State.WITHDRAWN
        move_quotation(quotation=one, version=one.version, to=to, reason=words.WHY, by=cast[Role.STAFF])


def _entered(given: Iterable[Said], measure: Measure, cast: Cast) -> list[Quotation]:
    facts = {"measure": measure, "kind": "survey", "source": words.WAVE, "dated": words.SEPTEMBER}
    return [
        save_quotation(
            held=None,
            version=0,
            theme=theme,
            words=said,
            speaker=speaker,
            may_be_public=public,
            by=cast[Role.ANALYST],
            **facts,
        )
        for theme, said, speaker, public in given
    ]


def _checked(entered: Iterable[Quotation], cast: Cast) -> list[Quotation]:
    to = Quotation.State.APPROVED
    return [move_quotation(quotation=one, version=one.version, to=to, by=cast[Role.STAFF]) for one in entered]
