"""What a trigger must know of a table, taken from its model. Pure apart from reading the model's own description."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.constraints import UniqueConstraint

from core.audit.context import FIELDS
from core.audit.exempt import SECRETS_ELSEWHERE
from core.audit.kinds import Kind, declared_kind, tables

FACTS = FIELDS  # the columns of an event that the context fills
LOG_TABLE, SEAL_TABLE, SEALING_TABLE = "audit_auditevent", "audit_auditseal", "audit_sealing"
REDACTIONS, TOMBSTONES, PRUNE_POINTS = "audit_redaction", "audit_redactedevent", "audit_prunepoint"
HIDDEN = "not recorded"  # what the log holds in place of a password hash or a token


@dataclass(frozen=True)
class Column:
    name: str
    kind: str  # how its value is written as JSON: plain, bool, decimal, float, json, datetime, binary
    places: int = 0  # decimal places, of a decimal
    secret: bool = False


@dataclass(frozen=True)
class Unique:
    """Columns no two rows share; `condition` is SQL over bare column names, empty for always."""

    columns: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple[Column, ...]
    frozen: bool
    log_rows: bool
    uniques: tuple[Unique, ...] = ()
    keeps: tuple[str, ...] = ()  # columns that never change, of rows that are never deleted
    opens: bool = False  # the log and its seals: to a redaction that left a tombstone, and to a signed prune point

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.secret)


KINDS: dict[type[models.Field], str] = {
    models.BooleanField: "bool",
    models.DecimalField: "decimal",
    models.FloatField: "float",
    models.JSONField: "json",
    models.DateTimeField: "datetime",
    models.BinaryField: "binary",
}


def table_of(model: type[Model], connection: BaseDatabaseWrapper) -> Table | None:
    """None for a model whose table needs no triggers."""
    declared = declared_kind(model)
    if model._meta.db_table == SEALING_TABLE:
        return Table(SEALING_TABLE, "transaction", (), frozen=False, log_rows=False)
    if declared is None or declared.kind in (Kind.DERIVED, Kind.OPERATIONAL):
        return None
    secret: set[str] = getattr(model, "audit_secret", SECRETS_ELSEWHERE.get(model._meta.label, set()))
    unknown = secret - {field.name for field in model._meta.concrete_fields}
    if unknown:
        raise ValueError(
            f"{model._meta.label}.audit_secret names fields it does not have: {', '.join(sorted(unknown))}"
        )
    columns = tuple(_column(field, field.name in secret) for field in model._meta.local_concrete_fields)
    is_frozen = declared.kind is Kind.FROZEN
    keeps = tuple(model._meta.get_field(name).column for name in declared.keeps)
    return Table(
        name=model._meta.db_table,
        key=model._meta.pk.column,
        columns=columns,
        frozen=is_frozen,
        log_rows=declared.log_rows,
        uniques=_uniques(model, connection) if is_frozen or keeps else (),
        keeps=(model._meta.pk.column, *keeps) if keeps else (),
        opens=model._meta.db_table in (LOG_TABLE, SEAL_TABLE),
    )


def all_tables(connection: BaseDatabaseWrapper) -> dict[str, Table]:
    found = (table_of(model, connection) for model in tables())
    return {table.name: table for table in found if table is not None}


def _column(field: Any, secret: bool) -> Column:
    described = getattr(field, "output_field", None) or field  # a generated field is of the type it yields
    target = described
    while target.remote_field and getattr(target, "target_field", None):  # a foreign key is of its target's type
        target = target.target_field
    kind = next((name for base, name in KINDS.items() if isinstance(target, base)), "plain")
    places = target.decimal_places if kind == "decimal" else 0
    return Column(field.column, kind, places, secret)


def _uniques(model: type[Model], connection: BaseDatabaseWrapper) -> tuple[Unique, ...]:
    """What an INSERT OR REPLACE could take the place of."""
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    found = [Unique((field.column,)) for field in model._meta.local_concrete_fields if field.unique]
    found += [Unique(tuple(columns[name] for name in names)) for names in model._meta.unique_together]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            condition = ""
            if constraint.condition is not None:
                condition = constraint._get_condition_sql(model, connection.schema_editor(collect_sql=True))
            found.append(Unique(tuple(columns[name] for name in constraint.fields), condition))
    return tuple(dict.fromkeys(found))
