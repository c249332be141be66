"""The kinds of thing that can be found: the rows a person may see, the words of a row, and how one is shown."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.documents.richtext import plain_text
from deepdive.models import ActionUpdate, DeliveryAction
from governance.boards import reading as boards
from governance.boards.models import Assurance, Board, BoardAction, Commitment, Decision, Minute, Question
from governance.papers.content import canonical, reading
from governance.papers.models import Commentary, FrozenPaper, Paper
from measures.models import Measure


def _nothing(row: Any) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """`rows` are those a person may see; `all_rows` are indexed; `sources` say which tables their words come from."""

    name: str
    label: str
    rows: Callable[[User], QuerySet[Any]]
    all_rows: Callable[[], QuerySet[Any]]
    title: Callable[[Any], str]
    texts: Callable[[Any], Iterable[str]]
    day: Callable[[Any], dt.date | None]
    page: str
    arguments: Callable[[Any], tuple[object, ...]]
    sources: dict[str, str]
    note: Callable[[Any], str] = _nothing

    def indexed(self, row: Any) -> tuple[str, str]:
        """The title and the rest of the words a row is found by, its day in the ways people write a day."""
        day = self.day(row)
        texts = [plain_text(text) if "<" in text else text for text in self.texts(row) if text]
        return self.title(row), " \n ".join([*texts, *(ways_of(day) if day else ())])


def ways_of(day: dt.date) -> tuple[str, ...]:
    """19 December 2019, 19/12/2019, 2019-12-19."""
    return f"{day.day} {day:%B %Y}", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%Y-%m-%d}"


def public_texts(content: str) -> Iterator[str]:
    """The words of a frozen paper that anybody may read, block by block."""
    paper = reading.public(canonical.from_json(content))
    for priority in paper.priorities:
        for section in priority.sections:
            yield section.header.name
    for block in reading.all_blocks(paper):
        yield plain_text(block.html)


def _measures(user: User) -> QuerySet[Measure]:
    return Measure.objects.in_use() if user.has(Permission.MEASURE_VIEW) else Measure.objects.none()


def _all_commentaries() -> QuerySet[Commentary]:
    return Commentary.objects.select_related("measure", "quarter__period")


def _commentaries(user: User) -> QuerySet[Commentary]:
    if not user.has(Permission.PAPER_VIEW, Permission.COMMENTARY_WRITE):
        return Commentary.objects.none()
    return _all_commentaries()


def _delivery(user: User) -> QuerySet[DeliveryAction]:
    return DeliveryAction.objects.seen_by(user).prefetch_related("agencies")


def _all_updates() -> QuerySet[ActionUpdate]:
    return ActionUpdate.objects.select_related("action", "period")


def _updates(user: User) -> QuerySet[ActionUpdate]:
    """Drafts are for those who write them or may read everything's history, as on the action's own page."""
    updates = _all_updates().filter(action__in=DeliveryAction.objects.seen_by(user))
    if not user.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED, Permission.HISTORY_ALL):
        updates = updates.approved()
    return updates


def _all_boards() -> QuerySet[Board]:
    return Board.objects.prefetch_related("aliases")


def _boards(user: User) -> QuerySet[Board]:
    return _all_boards() if user.has(Permission.BOARD_VIEW) else Board.objects.none()


def _on_items(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Nothing of exempt items for those who may not see them."""
    if not user.has(Permission.BOARD_VIEW):
        return rows.none()
    return rows.filter(item__in=boards.items_seen_by(user))


def _all_minutes() -> QuerySet[Minute]:
    return Minute.objects.select_related("item__meeting__board")


def _all_decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("item__meeting__board", "board")


def _decided_where(row: Decision) -> str:
    return _meeting(row) if row.item else (str(row.board) if row.board else "Outside a meeting")


def _all_questions() -> QuerySet[Question]:
    return Question.objects.select_related("board", "promised_by", "item__meeting__board")


def _question_texts(row: Question) -> tuple[str, ...]:
    """What was asked, of whom and by whom; the answer once it is approved."""
    said = (row.answer, row.reasons) if row.state in (Question.State.ANSWERED, Question.State.CLOSED) else ()
    return (row.text, row.board.name, row.promised_by.name, *said)


def _all_assurances() -> QuerySet[Assurance]:
    return Assurance.objects.select_related("item__meeting__board")


def _all_actions() -> QuerySet[BoardAction]:
    return BoardAction.objects.select_related("owner", "item__meeting__board")


def _all_commitments() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("owner").prefetch_related("dispositions")


def _all_papers() -> QuerySet[Paper]:
    return Paper.objects.select_related("quarter__period")


def _papers(user: User) -> QuerySet[Paper]:
    return _all_papers() if user.has(Permission.PAPER_VIEW) else Paper.objects.none()


def _all_versions() -> QuerySet[FrozenPaper]:
    return FrozenPaper.objects.select_related("paper__quarter__period")


def _published(user: User) -> QuerySet[FrozenPaper]:
    """The newest published version of each paper, unless withdrawn."""
    if not user.has(Permission.PUBLISHED_VIEW):
        return FrozenPaper.objects.none()
    versions = FrozenPaper.objects.filter(publication__isnull=False, publication__withdrawal__isnull=True)
    of_paper = versions.filter(paper=OuterRef("paper")).order_by().values("paper")
    newest = Subquery(of_paper.annotate(newest=Max("number")).values("newest"))
    return _all_versions().filter(pk__in=versions.values("pk"), number=newest)


def _quarter_end(row: Any) -> dt.date:
    return row.quarter.period.end


def _met_on(row: Any) -> dt.date:
    return row.item.meeting.date


def _meeting(row: Any) -> str:
    return str(row.item.meeting)


def _meeting_page(row: Any) -> tuple[object, ...]:
    return (row.item.meeting_id,)


KINDS = (
    Kind(
        "measure",
        "Measure",
        _measures,
        Measure.objects.all,
        lambda row: row.short_name,
        lambda row: (row.name, row.definition),
        lambda row: None,
        "measure-detail",
        lambda row: (row.slug,),
        {"measures_measure": "pk"},
    ),
    Kind(
        "commentary",
        "Commentary",
        _commentaries,
        _all_commentaries,
        lambda row: f"{row.measure.short_name}, {row.quarter}",
        lambda row: (row.text, row.did),
        _quarter_end,
        "commentary-detail",
        lambda row: (row.quarter.code, row.measure.slug),
        {"papers_commentary": "pk", "measures_measure": "measure"},
        lambda row: row.get_state_display(),
    ),
    Kind(
        "delivery",
        "Delivery action",
        _delivery,
        lambda: DeliveryAction.objects.prefetch_related("agencies"),
        lambda row: f"{row.ref} {row.statement}",
        lambda row: (row.leads, "; ".join(one.name for one in row.agencies.all())),
        lambda row: None,
        "delivery-action-detail",
        lambda row: (row.pk,),
        {"deepdive_deliveryaction": "pk", "deepdive_partneragency": "agencies"},
    ),
    Kind(
        "update",
        "Delivery update",
        _updates,
        _all_updates,
        lambda row: f"{row.action.ref}, {row.period}",
        lambda row: (row.text,),
        lambda row: row.period.end,
        "delivery-action-detail",
        lambda row: (row.action_id,),
        {"deepdive_actionupdate": "pk", "deepdive_deliveryaction": "action"},
        lambda row: row.get_state_display(),
    ),
    Kind(
        "board",
        "Board",
        _boards,
        _all_boards,
        lambda row: row.name,
        lambda row: (row.terms, "; ".join(one.name for one in row.aliases.all())),
        lambda row: None,
        "board-detail",
        lambda row: (row.slug,),
        {"boards_board": "pk", "boards_boardalias": "aliases"},
    ),
    Kind(
        "minute",
        "Minute",
        lambda user: _on_items(_all_minutes(), user),
        _all_minutes,
        lambda row: row.item.title,
        lambda row: (row.text, _meeting(row)),
        _met_on,
        "meeting-detail",
        _meeting_page,
        {"boards_minute": "pk", "boards_agendaitem": "item", "boards_meeting": "item__meeting"},
        _meeting,
    ),
    Kind(
        "decision",
        "Decision",
        lambda user: _all_decisions().seen_by(user),
        _all_decisions,
        lambda row: f"{row.ref} {row.title}".strip(),
        lambda row: (row.text, row.options, row.advice, row.reasons, row.legal_basis, _decided_where(row)),
        lambda row: row.day,
        "decision-detail",
        lambda row: (row.pk,),
        {"boards_decision": "pk", "boards_meeting": "item__meeting"},
        _decided_where,
    ),
    Kind(
        "question",
        "Question or recommendation",
        lambda user: _all_questions().seen_by(user),
        _all_questions,
        lambda row: f"{row.ref} {row.text}",
        _question_texts,
        lambda row: row.asked_on,
        "question-detail",
        lambda row: (row.pk,),
        {"boards_question": "pk"},
        lambda row: row.get_state_display(),
    ),
    Kind(
        "assurance",
        "Assurance",
        lambda user: _all_assurances().seen_by(user),
        _all_assurances,
        str,
        lambda row: (row.text, row.wants, row.item.title, _meeting(row)),
        _met_on,
        "meeting-detail",
        _meeting_page,
        {"boards_assurance": "pk", "boards_agendaitem": "item"},
        _meeting,
    ),
    Kind(
        "action",
        "Action arising",
        boards.actions_seen_by,
        _all_actions,
        lambda row: f"{row.ref} {row.text}",
        lambda row: (row.progress, row.owner.name),
        lambda row: row.due,
        "board-action-detail",
        lambda row: (row.pk,),
        {"boards_boardaction": "pk"},
        lambda row: row.get_status_display(),
    ),
    Kind(
        "commitment",
        "Commitment",
        lambda user: _all_commitments().seen_by(user),
        _all_commitments,
        str,
        lambda row: (row.sentence, row.place, *(one.why for one in row.dispositions.all())),
        lambda row: row.due,
        "commitment-detail",
        lambda row: (row.pk,),
        {"boards_commitment": "pk", "boards_disposition": "dispositions"},
        lambda row: row.get_status_display(),
    ),
    Kind(
        "paper",
        "Paper in the making",
        _papers,
        _all_papers,
        lambda row: row.title,
        lambda row: (row.introduction,),
        _quarter_end,
        "paper-detail",
        lambda row: (row.quarter.code,),
        {"papers_paper": "pk"},
        lambda row: row.get_state_display(),
    ),
    Kind(
        "published",
        "Published paper",
        _published,
        _all_versions,
        lambda row: row.paper.title,
        lambda row: public_texts(row.content),
        lambda row: row.paper.quarter.period.end,
        "paper-read",
        lambda row: (row.paper.quarter.code,),
        {"papers_frozenpaper": "pk"},
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
