"""Something of what an office is asked and answers: a question, a recommendation, an assurance, a duty looked at."""

from core.accounts.clock import today
from core.accounts.permissions import Role
from desk.demo.building.cast import Cast
from desk.demo.words import accountability as words
from desk.demo.words.meetings import MONITORING_NOVEMBER, PANEL_SEPTEMBER
from governance.boards.actions import check_duty, record_assurance, record_question, write_answer
from governance.boards.models import AgendaItem


def _item(board: str, title: str) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__board").get(meeting__board__name=board, title=title)


def account(cast: Cast) -> None:
    """As it stands today: a question overdue, a recommendation whose answer waits for the commissioner."""
    by = cast[Role.SECRETARY]
    item = _item(PANEL_SEPTEMBER.board, words.ASKED_UNDER)
    record_question(
        item=item,
        kind="question",
        text=words.QUESTION,
        asked_by=cast.person("Chair of the Panel"),
        promised_by=cast.person("Commissioner"),
        due=words.ANSWER_BY,
        by=by,
    )
    facts = {"asked_by": None, "promised_by": cast.person("OPCC Chief Executive"), "due": words.ADVICE_BY}
    advice = record_question(item=item, kind="advice", text=words.ADVICE, by=by, **facts)
    answer = {"answer": words.ANSWER, "outcome": "partly", "reasons": words.REASONS, "answered_on": today()}
    write_answer(question=advice, version=1, answered_by=cast.person("Commissioner"), by=by, **answer)
    said = next(one for one in MONITORING_NOVEMBER.items if one.actions)
    under = _item(MONITORING_NOVEMBER.board, said.title)
    record_assurance(item=under, level="partly", text=words.SAID, wants=words.WANTS, by=by)
    looked = {"checked_on": words.LOOKED_ON, "next_on": words.LOOK_AGAIN, "address": words.ADDRESS}
    check_duty(key=words.DUTY, found="published", by=by, **looked)
