"""What the checker finds in a draft: it stops the paper until it is corrected or let stand, and says so to whoever signs."""

import pytest
from django.urls import reverse

from core.accounts.states import MoveRefused
from governance.papers import assembly, checked, remembered
from governance.papers.actions import findings as actions
from governance.papers.actions import papers
from governance.papers.known import known_of
from governance.papers.models import DismissedFinding, Paper
from tests.factories.paper_making import fresh, ready_paper, submitted_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CODE = "2019-20-q2"
WRONG = "<p data-pid='aaaaaaaa'>Of 6 appeals, 3 (33 per cent) were upheld.</p>"
STOP = "1 sentence of the paper cannot be right: correct it or say why it may stand"


def ready_with(who, words: str = WRONG) -> Paper:
    paper = ready_paper(who)
    Paper.objects.filter(pk=paper.pk).update(introduction=words)
    return fresh(paper)


def the_finding(paper: Paper) -> checked.Checked:
    (one,) = checked.findings_of(remembered.assembled(paper).content, known_of(paper.quarter.period))
    return one


def page(client, name: str, user) -> str:
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=[CODE])).content.decode().split())


def test_what_cannot_be_right_stops_the_paper(who):
    paper = ready_with(who)
    with pytest.raises(MoveRefused, match=STOP):
        papers.submit_paper(paper=paper, by=who.secretary)
    assert fresh(paper).state == Paper.State.IN_REVIEW


def test_a_corrected_sentence_stops_nothing(who):
    paper = ready_with(who, WRONG.replace("33", "50"))
    assert papers.submit_paper(paper=paper, by=who.secretary).number == 1


def test_what_is_let_stand_is_told_to_whoever_signs(client, who):
    paper = ready_with(who)
    client.force_login(who.staff)
    address = reverse("finding-dismiss", args=[CODE, the_finding(paper).key])
    client.post(address, {"reason": "The percentage is of all appeals decided"})
    held = DismissedFinding.objects.get()
    assert (held.severity, held.by, held.reason) == ("A", who.staff, "The percentage is of all appeals decided")
    assert STOP not in page(client, "paper-detail", who.secretary)
    papers.submit_paper(paper=fresh(paper), by=who.secretary)
    text = page(client, "paper-signoff", who.commissioner)
    assert "May stand, says Staff" in text
    assert "The percentage is of all appeals decided" in text


def test_without_a_reason_nothing_is_let_stand(client, who):
    paper = ready_with(who)
    client.force_login(who.secretary)
    address = reverse("finding-dismiss", args=[CODE, the_finding(paper).key])
    answers = [client.post(address, {"reason": reason}, follow=True) for reason in ("", "ok", "so " * 101)]
    assert ["Nothing was changed" in one.content.decode() for one in answers] == [True, True, True]
    assert DismissedFinding.objects.count() == 0


def test_it_comes_back_when_the_words_change_and_not_when_others_do(who):
    paper = ready_with(who)
    actions.dismiss_finding(paper=paper, finding=the_finding(paper), reason="Rounded by the source", by=who.staff)
    more = WRONG + "<p data-pid='bbbbbbbb'>More was said.</p>"
    open_now = []
    for words in (more, WRONG.replace("33", "34")):
        Paper.objects.filter(pk=paper.pk).update(introduction=words)
        content = remembered.assembled(fresh(paper)).content
        open_now.append([one.finding.said for one in checked.shown(fresh(paper), content)["findings"]])
    assert open_now == [[], ["34 per cent"]]


def test_a_dismissal_can_be_taken_back(client, who):
    paper = ready_with(who)
    held = actions.dismiss_finding(paper=paper, finding=the_finding(paper), reason="So it was printed", by=who.staff)
    client.force_login(who.secretary)
    client.post(reverse("finding-restore", args=[CODE, held.pk]))
    assert DismissedFinding.objects.count() == 0
    assert STOP in page(client, "paper-detail", who.secretary)


def test_the_same_finding_let_stand_by_two_is_kept_once(who):
    paper = ready_with(who)
    for person in (who.staff, who.secretary):
        actions.dismiss_finding(paper=paper, finding=the_finding(paper), reason="So it was printed", by=person)
    assert DismissedFinding.objects.get().by == who.staff


def test_nothing_is_let_stand_in_a_paper_that_was_submitted(client, who):
    paper = submitted_paper(who)
    client.force_login(who.secretary)
    answer = client.post(reverse("finding-dismiss", args=[CODE, "0" * 64]), {"reason": "It is gone"}, follow=True)
    assert "Nothing was dismissed" in answer.content.decode()
    assert fresh(paper).state == Paper.State.FOR_SIGNATURE


def test_the_whole_paper_is_held_against_the_record_and_not_only_against_what_it_prints(client, who):
    """A month stands in no header row: only the record knows it."""
    paper = ready_paper(who, with_figures=True)
    commentary = paper.quarter.commentaries.get()
    month = known_of(paper.quarter.period).facts
    said = next(one for one in month.levels if one.statistic == "month" and one.period.last == 2019 * 12 + 7)
    right, wrong = f"{said.value:,.0f}", f"{said.value + 100:,.0f}"

    def found(number: str) -> list[str]:
        text = f"<p data-pid='cccccccc'>In August 2019 there were {number} crimes.</p>"
        type(commentary).objects.filter(pk=commentary.pk).update(text=text)
        held = fresh(paper)
        content = assembly.assemble(held).content
        return [one.finding.said for one in checked.findings_of(content, known_of(held.quarter.period))]

    assert (found(right), found(wrong)) == ([], [wrong])
