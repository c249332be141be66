"""Every table of the site, as it is in the database: records are logged, frozen rows stay, the rest leave no trace."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, models, transaction

from core.audit.kinds import Kind, declared_kind, tables
from core.audit.models import AuditEvent, AuditSeal, ReadEvent
from tests.databases import fresh_copy

pytestmark = pytest.mark.servers
VALUES = {  # by type of field: a value and another
    models.BooleanField: (False, True),
    models.DateTimeField: (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 2, tzinfo=dt.UTC)),
    models.DateField: (dt.date(2026, 1, 1), dt.date(2026, 1, 2)),
    models.TimeField: (dt.time(10), dt.time(11)),
    models.DecimalField: (Decimal(1), Decimal(2)),
    models.FloatField: (1.0, 2.0),
    models.IntegerField: (1, 2),
    models.JSONField: ({"a": 1}, {"a": 2}),
    models.BinaryField: (b"x", b"y"),
    models.CharField: ("x", "y"),
    models.TextField: ("x", "y"),
    models.FileField: ("x", "y"),
}
KEY = 987_654


def models_of(*kinds: Kind) -> list[type[models.Model]]:
    return [model for model in tables() if declared_kind(model).kind in kinds]


def name(model: type[models.Model]) -> str:
    return model._meta.label


def value(field: models.Field, which: int):
    if field.remote_field:
        return which + 1
    return next(pair[which] for kind, pair in VALUES.items() if isinstance(field, kind))


def row(model: type[models.Model]) -> models.Model:
    fields = {field.attname: value(field, 0) for field in model._meta.concrete_fields if not field.primary_key}
    return model(pk=str(KEY) if isinstance(model._meta.pk, models.CharField) else KEY, **fields)


def waive_constraints(model: type[models.Model]) -> None:
    """The rows here only have to be of the right types. Foreign keys wait for a commit that never comes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        table = model._meta.db_table
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
        for (constraint,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')


@pytest.fixture(scope="module")
def shared_copy(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One database for every row that must not stay: each test takes its own back, so they need no database each."""
    with django_db_blocker.unblock(), fresh_copy(tmp_path_factory.mktemp("rows")):
        yield


@pytest.fixture
def put_row(db):
    """Adds a row to a table, whatever its constraints; takes away what it can before the transaction is looked at."""

    def put(model: type[models.Model]) -> models.Model:
        waive_constraints(model)
        made = row(model)
        made.save_base(raw=True, force_insert=True)
        return made

    yield put
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def events(model: type[models.Model]) -> list[str]:
    return list(AuditEvent.objects.for_object(model._meta.db_table, KEY).values_list("op", flat=True))


RECORDS = models_of(Kind.RECORD)
KEEPING = [model for model in RECORDS if declared_kind(model).keeps]


@pytest.mark.parametrize("model", [model for model in RECORDS if model not in KEEPING], ids=name)
def test_record_is_logged_row_by_row(put_row, model):
    made = put_row(model)
    field = next(field for field in model._meta.concrete_fields if not field.primary_key)
    rows = model._base_manager.filter(pk=made.pk)
    rows.update(**{field.attname: value(field, 1)})
    rows._raw_delete("default")
    assert events(model) == ["I", "U", "D"]
    assert AuditEvent.objects.get(op="U", table=model._meta.db_table, key=KEY).old_changed.keys() == {field.column}


@pytest.mark.parametrize("model", KEEPING, ids=name)
def test_record_that_keeps_something_is_logged_and_stays(shared_copy, model):
    with transaction.atomic():
        waive_constraints(model)
        made = row(model)
        made.save_base(raw=True, force_insert=True)
        rows = model._base_manager.filter(pk=made.pk)
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        kept = [field for field in fields if field.name in declared_kind(model).keeps]
        free = next(field for field in fields if field not in kept)
        rows.update(**{free.attname: value(free, 1)})
        for field in kept:
            with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
                rows.update(**{field.attname: value(field, 1)})
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            rows._raw_delete("default")
        assert events(model) == ["I", "U"]
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", models_of(Kind.FROZEN), ids=name)
def test_frozen_row_stays_as_it_is(shared_copy, model):
    with transaction.atomic():
        waive_constraints(model)
        made = row(model)
        made.save_base(raw=True, force_insert=True)
        field = next(field for field in model._meta.concrete_fields if not field.primary_key)
        rows = model._base_manager.filter(pk=made.pk)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.update(**{field.attname: value(field, 1)})
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows._raw_delete("default")
        assert getattr(rows.get(), field.attname) == value(field, 0)
        assert events(model) == (["I"] if declared_kind(model).log_rows else [])
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", models_of(Kind.DERIVED, Kind.OPERATIONAL), ids=name)
def test_what_is_not_part_of_the_record_leaves_no_trace(put_row, model):
    rows = model._base_manager.filter(pk=put_row(model).pk)
    rows._raw_delete("default")
    assert events(model) == []


def test_few_tables_are_frozen_without_a_log_of_their_rows():
    """Those whose actions log a batch instead, and the log."""
    silent = {model._meta.label for model in models_of(Kind.FROZEN) if not declared_kind(model).log_rows}
    log = {AuditEvent._meta.label, AuditSeal._meta.label, ReadEvent._meta.label}
    assert silent == log | {"measures.Observation"}
