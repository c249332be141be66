import pytest

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.audit.reading import timeline
from governance.boards import actions
from governance.boards.phrases import PHRASES
from tests.factories.accounts import UserFactory
from tests.factories.boards import AgendaItemFactory


def test_every_action_has_its_phrase():
    assert set(PHRASES) == {f"boards.{name}" for name in actions.__all__}


@pytest.mark.django_db
def test_the_timeline_tells_a_decision_in_the_offices_words():
    secretary = UserFactory(name="Asha Patel", roles=[Role.SECRETARY])
    actions.record_decision(item=AgendaItemFactory(), text="To publish", decided_by="the board", by=secretary)
    events = AuditEvent.objects.filter(action="boards.record_decision")
    assert [one.text for one in timeline(events)] == ["Asha Patel recorded decision D2019-001"]
