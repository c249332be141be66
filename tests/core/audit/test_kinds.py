"""Every model says what kind of table it has, and those of other packages are said for them."""

import pytest
from django.db import connection, models

from core.audit import derived, frozen, operational, record
from core.audit.kinds import Kind, declared_kind, not_logged, tables, undeclared
from core.audit.tables import table_of
from tests.core.audit.trial import Reading, Special, Tag, Thing, Total


def kind_of(decorator) -> tuple[Kind, bool, str]:
    class Model:
        """Stands for a model: all a decorator does is leave its mark."""

    declared = decorator(Model).audit_kind
    return declared.kind, declared.log_rows, declared.reason


def test_decorators_say_the_kind():
    assert kind_of(record) == (Kind.RECORD, True, "")
    assert kind_of(frozen) == (Kind.FROZEN, False, "")
    assert kind_of(frozen(log_rows=True)) == (Kind.FROZEN, True, "")
    assert kind_of(derived) == (Kind.DERIVED, False, "rebuilt from the record")
    assert kind_of(operational("a queue")) == (Kind.OPERATIONAL, False, "a queue")


@pytest.mark.parametrize("wrong", ["", None, Tag])
def test_operational_needs_a_reason(wrong):
    with pytest.raises(TypeError, match="Say why"):
        operational(wrong)


def test_no_model_of_the_site_says_nothing():
    assert undeclared() == []


def test_model_that_says_nothing_is_found(monkeypatch):
    monkeypatch.delattr(Tag, "audit_kind")
    assert declared_kind(Tag) is None
    monkeypatch.setattr("core.audit.kinds.tables", lambda: iter([Thing, Tag]))
    assert undeclared() == ["trial.Tag"]


def test_kind_is_not_inherited_and_a_link_table_is_of_its_models_kind():
    class Plain(Thing):
        class Meta:
            apps = Thing._meta.apps
            app_label = "elsewhere"

    assert declared_kind(Plain) is None
    assert declared_kind(Thing.tags.through) == declared_kind(Thing)


def test_what_is_not_logged_has_a_reason_for_each():
    labels = {label for label, _ in not_logged()}
    by_kind = {model._meta.label for model in tables() if declared_kind(model).kind in (Kind.DERIVED, Kind.OPERATIONAL)}
    assert labels == by_kind
    assert [label for label, reason in not_logged() if len(reason) < 10] == []


def test_table_knows_how_to_write_each_column():
    thing = table_of(Thing, connection)
    kinds = {column.name: column.kind for column in thing.columns if column.kind != "plain"}
    assert kinds == {
        "flag": "bool",
        "amount": "decimal",
        "ratio": "float",
        "moment": "datetime",
        "data": "json",
        "blob": "binary",
    }
    assert (thing.name, thing.key, thing.secrets, thing.log_rows, thing.frozen) == (
        "trial_thing",
        "id",
        ("token",),
        True,
        False,
    )
    assert table_of(Special, connection).key == "thing_ptr_id"
    assert table_of(Total, connection) is None
    assert [unique.columns for unique in table_of(Reading, connection).uniques] == [
        ("id",),
        ("supersedes_id",),
        ("place", "month"),
    ]


def test_secret_that_is_no_field_is_refused():
    class Mistaken(models.Model):
        audit_secret = {"pasword"}
        password = models.CharField(max_length=10)

        class Meta:
            apps = Thing._meta.apps
            app_label = "elsewhere"

    with pytest.raises(ValueError, match="names fields it does not have: pasword"):
        table_of(record(Mistaken), connection)
