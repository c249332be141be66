"""Keeping the triggers in place while a migration changes the tables under them.

SQLite rebuilds a table for most changes, and with the old table its triggers go without a word; a dropped column still
named in a trigger is an error. A data migration that follows in the same file would go unlogged. So each change of a
table is followed at once by fresh triggers for the columns it has now, and `post_migrate` has the last word.
"""

from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model

from core.audit.install import install, uninstall
from core.audit.tables import LOG_TABLE, SEAL_TABLE, Column, Table, all_tables

KINDS = {"bool": "bool", "real": "float", "datetime": "datetime", "blob": "binary"}  # by SQLite's declared type


class Watched:
    """Part of a schema editor: what it makes or changes is watched from that moment."""

    connection: Any
    collect_sql: bool

    def create_model(self, model: type[Model]) -> None:
        super().create_model(model)  # type: ignore[misc]
        self._watch(model._meta.db_table)

    @cached_property
    def _declared(self) -> dict[str, Table]:
        return all_tables(self.connection)

    def _watch(self, name: str) -> None:
        """Nothing for tables that are not logged, or that the models no longer know."""
        if self.collect_sql:
            return
        if name in (LOG_TABLE, SEAL_TABLE):
            present = self.connection.introspection.table_names()
            install({table: self._as_it_is(table) for table in self._declared if table in present}, self._using)
        elif name in self._declared:
            install({name: self._while_migrating(name)}, self._using)

    @property
    def _using(self) -> str:
        return self.connection.alias

    def _while_migrating(self, name: str) -> Table:
        """Without what its rows keep for good: a column that is new may still have to be filled in."""
        return replace(self._as_it_is(name), keeps=())

    def _as_it_is(self, name: str) -> Table:
        return self._declared[name]


class WatchedPostgresql(Watched):
    """Of an event that has no seal yet, PostgreSQL does not change the table. So what waits is sealed first."""

    def add_field(self, model: type[Model], field: Any) -> None:
        self._settle(model)
        super().add_field(model, field)  # type: ignore[misc]

    def remove_field(self, model: type[Model], field: Any) -> None:
        self._settle(model)
        super().remove_field(model, field)  # type: ignore[misc]

    def alter_field(self, model: type[Model], old_field: Any, new_field: Any, strict: bool = False) -> None:
        self._settle(model)
        super().alter_field(model, old_field, new_field, strict)  # type: ignore[misc]

    def _settle(self, model: type[Model]) -> None:
        if model._meta.db_table == LOG_TABLE and self.connection.in_atomic_block and not self.collect_sql:
            self.connection.check_constraints()


class WatchedSqlite(Watched):
    def add_field(self, model: type[Model], field: Any) -> None:
        super().add_field(model, field)  # type: ignore[misc]
        self._watch(model._meta.db_table)

    def remove_field(self, model: type[Model], field: Any) -> None:
        self._unwatch(model._meta.db_table)
        super().remove_field(model, field)  # type: ignore[misc]
        self._watch(model._meta.db_table)

    def alter_field(self, model: type[Model], old_field: Any, new_field: Any, strict: bool = False) -> None:
        self._unwatch(model._meta.db_table)
        super().alter_field(model, old_field, new_field, strict)  # type: ignore[misc]
        self._watch(model._meta.db_table)

    def alter_db_table(self, model: type[Model], old_db_table: str, new_db_table: str) -> None:
        self._unwatch(old_db_table)
        super().alter_db_table(model, old_db_table, new_db_table)  # type: ignore[misc]
        self._watch(new_db_table)

    def _remake_table(self, model: type[Model], **changes: Any) -> None:
        self._unwatch(model._meta.db_table)
        super()._remake_table(model, **changes)  # type: ignore[misc]
        self._watch(model._meta.db_table)

    def _unwatch(self, name: str) -> None:
        # Renaming a table checks every trigger there is, and all of them name the log.
        if not self.collect_sql:
            uninstall(None if name in (LOG_TABLE, SEAL_TABLE) else {name}, self._using)

    def _as_it_is(self, name: str) -> Table:
        """The table as its model describes it, with the columns it has at this point of the migrations."""
        declared = self._declared[name]
        with self.connection.cursor() as cursor:
            cursor.execute(f'PRAGMA table_info("{name}")')
            types = {column: kind.lower() for _, column, kind, *_ in cursor.fetchall()}
        known = [column for column in declared.columns if column.name in types]
        passing = types.keys() - {column.name for column in known}
        others = [Column(column, KINDS.get(types[column], "plain")) for column in types if column in passing]
        columns = (*known, *others)
        uniques = tuple(unique for unique in declared.uniques if set(unique.columns) <= set(types))
        keeps = tuple(column for column in declared.keeps if column in types)
        return replace(declared, columns=columns, uniques=uniques, keeps=keeps)


@cache
def watched(editor: type[BaseDatabaseSchemaEditor]) -> type[BaseDatabaseSchemaEditor]:
    """The schema editor of a database, taught to keep the triggers in place."""
    part = WatchedSqlite if "sqlite" in editor.__module__ else WatchedPostgresql
    return editor if issubclass(editor, Watched) else type(editor.__name__, (part, editor), {})
