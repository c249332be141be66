"""What the tables themselves refuse."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.documents.models import Draft, StoredFile
from tests.factories.accounts import UserFactory

FACTS = {"sha256": "a" * 64, "content_type": "text/csv", "size": 1, "name": "a.csv"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sha256", ["", "A" * 64, "a" * 63, "g" * 64])
def test_stored_file_is_named_by_a_hash(sha256):
    with pytest.raises(IntegrityError):
        StoredFile.objects.create(**FACTS | {"sha256": sha256})


def test_stored_file_is_one_row_a_content():
    StoredFile.objects.create(**FACTS)
    with pytest.raises(IntegrityError):
        StoredFile.objects.create(**FACTS | {"name": "b.csv"})


@pytest.mark.servers
def test_stored_file_is_never_changed_or_removed():
    stored = StoredFile.objects.create(**FACTS)
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(name="b.csv")
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).delete()
    assert StoredFile.objects.get().name == "a.csv"


def test_draft_is_one_a_person_and_form():
    user = UserFactory()
    Draft.objects.create(user=user, key="a")
    Draft.objects.create(user=UserFactory(), key="a")
    with pytest.raises(IntegrityError):
        Draft.objects.create(user=user, key="a")
