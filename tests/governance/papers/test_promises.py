import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.states import MoveRefused
from governance.boards import actions as boards
from governance.boards.models import Commitment
from governance.papers import assembly, promises
from governance.papers.actions import papers as actions
from governance.papers.models import SignificantTopic
from tests.factories.boards import CommitmentFactory
from tests.factories.paper_making import draft_paper, fresh, ready_paper

pytestmark = pytest.mark.django_db
SENTENCE = "I will report on this in January."


def test_a_paper_is_not_submitted_until_each_earlier_promise_has_its_fate(who):
    paper = ready_paper(who)
    held = CommitmentFactory(owner__job_title="Chief Constable")
    with pytest.raises(MoveRefused, match="Nobody has said what became of a promise of quarter one 2019-20"):
        actions.submit_paper(paper=paper, by=who.secretary)
    given = {"version": 1, "to": "carried", "why": "It waits for the courts.", "by": who.secretary}
    boards.dispose_commitment(commitment=held, due=dt.date(2020, 3, 3), **given)
    actions.submit_paper(paper=paper, by=who.secretary)
    content = fresh(paper).frozen.content
    for said in ("What was promised", held.sentence, "Carried on", "It waits for the courts.", "3 March 2020"):
        assert (said in content) == (said != "What was promised")


def test_a_draft_opens_with_what_was_promised_and_what_became_of_it(who):
    paper = draft_paper()
    kept, waiting = CommitmentFactory(), CommitmentFactory()
    CommitmentFactory(paper="2019-20-q2")  # of this very paper
    boards.dispose_commitment(commitment=kept, version=1, to="kept", why="Sent in June.", by=who.secretary)
    told = assembly.assemble(paper).content.introduction.promised
    assert [(one.sentence, one.fate, one.words) for one in told] == [
        (kept.sentence, "Kept", "Sent in June."),
        (waiting.sentence, "", ""),
    ]


def test_a_sentence_is_put_forward_until_it_is_held_or_dismissed(client, who):
    paper = draft_paper()
    SignificantTopic.objects.update(
        text=f"<p data-pid='bbbbbbbb'>{SENTENCE}</p><p>I expect fewer calls... We intend to ask.</p>"
    )
    client.force_login(who.staff)
    there = reverse("promise-list", args=[paper.code])
    first, second = client.get(there).context["suggestions"][:2]
    assert (first.found.sentence, first.paragraph, first.found.due) == (SENTENCE, "bbbbbbbb", dt.date(2020, 1, 31))
    hold = reverse("promise-hold", args=[paper.code, first.key])
    assert client.post(hold, {"kind": "report"}).status_code == 422
    sent = {"kind": "report", "unowned_why": "Not settled", "due_day": 31, "due_month": 1, "due_year": 2020}
    assert client.post(hold, sent).status_code == 302
    client.post(reverse("promise-dismiss", args=[paper.code, second.key]))
    assert Commitment.objects.values_list("paper", "sentence", "paragraph").get() == (paper.code, SENTENCE, "bbbbbbbb")
    left = {one.key for one in promises.suggestions(fresh(paper))}
    assert left.isdisjoint({first.key, second.key})
