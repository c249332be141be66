"""Whole columns of numbers into a table and out of it: COPY in its binary form on PostgreSQL, statements on SQLite.

A million rows as Python objects cost more than the database does; as arrays they cost a copy of their bytes. Nothing
here knows what the columns mean. Names of tables and columns come from the models, never from people.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from string import Template

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # of PostgreSQL's binary COPY: no flags, no extension
END = b"\xff\xff"
AT_ONCE = 20_000  # rows handed to the database at a time
NULL = -1  # the length of a field that is not there
Columns = Mapping[str, NDArray]

COPY_IN = Template("COPY $table ($names) FROM STDIN (FORMAT BINARY)")
COPY_OUT = Template("COPY ($query) TO STDOUT (FORMAT BINARY)")
INSERT = Template("INSERT INTO $table ($names) VALUES ($values)")
SELECT = Template("SELECT $columns FROM $table WHERE $which")
DELETE = Template("DELETE FROM $table WHERE $which")
# A range in one statement, where a million calls of nextval take a second. Who reserves waits until whoever else does
# has its range; a row added past this function meanwhile would fail on its key, and nothing be stored twice.
RESERVE = (
    "SELECT setval(name, nextval(name) + %s - 1) FROM pg_get_serial_sequence(%s, 'id') AS name, "
    "LATERAL pg_advisory_xact_lock(hashtextextended(name, 0)) AS waited"
)
ANY = Template("$name = ANY('{$keys}')")
IN = Template("$name IN (SELECT value FROM json_each(%s))")

# How a column's values are written: bytes in the order of the network. A "V" is a run of bytes of one length.
WIRE = {"b": "?", "i": ">i", "f": ">f", "V": "V"}


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def insert(table: str, columns: Columns, missing: Mapping[str, NDArray[np.bool_]] | None = None) -> None:
    """Add n rows: each column an array (n,) whose type is that of the database's column; NULL where `missing` (n,).

    int16, int32, int64, float64, bool or V (bytes of one length). Rows may be stored in another order.
    """
    missing = missing or {}
    count = len(next(iter(columns.values())))
    if not count:
        return
    if is_postgresql():
        _copy_in(table, columns, missing, count)
        return
    sql = INSERT.substitute(table=table, names=_names(columns), values=", ".join(["%s"] * len(columns)))
    with connection.cursor() as cursor:
        for start in range(0, count, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            lists = [as_list(values[part], missing.get(name), part) for name, values in columns.items()]
            cursor.executemany(sql, list(zip(*lists, strict=True)))


def as_list(values: NDArray, missing: NDArray[np.bool_] | None, part: slice) -> list:
    """The values of some rows as Python has them, None where the mask of all rows says that they are missing."""
    held = [one.tobytes() for one in values] if values.dtype.kind == "V" else values.tolist()
    if missing is not None:
        for place in np.flatnonzero(missing[part]).tolist():
            held[place] = None
    return held


def _copy_in(table: str, columns: Columns, missing: Mapping[str, NDArray[np.bool_]], count: int) -> None:
    statement = COPY_IN.substitute(table=table, names=_names(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(SIGNATURE)
        for start in range(0, count, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            for block in _blocks(
                {name: values[part] for name, values in columns.items()},
                {name: mask[part] for name, mask in missing.items()},
            ):
                copy.write(block)
        copy.write(END)


def _names(columns: Columns) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _blocks(columns: Columns, missing: Mapping[str, NDArray[np.bool_]]) -> Iterator[bytes]:
    """The rows as PostgreSQL reads them, those with the same fields missing together: they are all of one length."""
    count = len(next(iter(columns.values())))
    pattern = np.zeros(count, dtype=np.int64)
    for place, mask in enumerate(missing.values()):
        pattern |= mask.astype(np.int64) << place
    order = np.argsort(pattern, kind="stable") if pattern.any() else None
    bounds = np.flatnonzero(np.diff(pattern if order is None else pattern[order])) + 1
    for start, stop in zip([0, *bounds], [*bounds, count], strict=True):
        rows = slice(start, stop) if order is None else order[start:stop]
        first = 0 if order is None else order[start]
        absent = {name for name, mask in missing.items() if mask[first]}
        yield _wire({name: values[rows] for name, values in columns.items()}, absent)


def _wire(columns: Columns, absent: set[str]) -> bytes:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name, values in columns.items():
        fields.append((f"{name} length", ">i4"))
        if name not in absent:
            fields.append((name, f"{WIRE[values.dtype.kind]}{values.dtype.itemsize}".replace("?1", "?")))
    rows = np.empty(len(next(iter(columns.values()))), dtype=fields)
    rows["fields"] = len(columns)
    for name, values in columns.items():
        rows[f"{name} length"] = NULL if name in absent else values.dtype.itemsize
        if name not in absent:
            rows[name] = values
    return rows.tobytes()


def read(
    table: str, columns: Mapping[str, str], *, among: Mapping[str, NDArray[np.int64]], recorded: Sequence[str] = ()
) -> NDArray:
    """Rows of a table as a structured array. `columns`: name -> type ("i8", "i4", "f8"), just as the database has them.

    Those where each column of `among` is one of the keys given for it, and none of `recorded` is NULL. A float that is
    NULL comes as NaN; another column of a row that is read may not be NULL.
    """
    kept = np.dtype([(name, kind) for name, kind in columns.items()])
    absent = "COALESCE(CAST($name AS double precision), 'NaN')" if is_postgresql() else "$name"
    wanted = [Template(absent if kind == "f8" else "$name").substitute(name=name) for name, kind in columns.items()]
    which, keys = _among(among)
    tests = [which, *(f"{name} IS NOT NULL" for name in recorded)]
    query = SELECT.substitute(columns=", ".join(wanted), table=table, which=" AND ".join(tests))
    if not is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(query, keys)
            parts = iter(lambda: cursor.fetchmany(AT_ONCE), [])
            blocks = [np.array(part, dtype=kept) for part in parts]
        return np.concatenate(blocks) if blocks else np.empty(0, dtype=kept)
    with connection.cursor() as cursor, cursor.copy(COPY_OUT.substitute(query=query)) as copy:
        return _parsed(b"".join(copy), kept)


def _parsed(data: bytes, kept: np.dtype) -> NDArray:
    """What PostgreSQL sent, all rows of one length."""
    names = kept.names or ()
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in names:
        fields += [(f"{name} length", ">i4"), (name, kept[name].newbyteorder(">").str)]
    wire = np.dtype(fields)
    body = len(data) - len(SIGNATURE) - len(END)
    rows = np.frombuffer(data, dtype=wire, count=body // wire.itemsize, offset=len(SIGNATURE))
    if body % wire.itemsize or any((rows[f"{name} length"] != kept[name].itemsize).any() for name in names):
        raise ValueError("A column is of another type than it was said to be, or NULL.")
    found = np.empty(len(rows), dtype=kept)
    for name in names:
        found[name] = rows[name]
    return found


def reserve(table: str, count: int) -> NDArray[np.int64]:
    """That many new primary keys, in rising order, for rows to be inserted in this transaction."""
    if is_postgresql():
        # Rolled back at once: a sequence stays where it was moved to, while its lock is let go. Kept, the lock would
        # make one figure entered by hand wait until a file of a million is stored.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(RESERVE, [count, table])
            last = cursor.fetchone()[0] - count
            transaction.set_rollback(True)
        return np.arange(last + 1, last + 1 + count, dtype=np.int64)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]  # nobody else writes until the transaction ends
    return np.arange(last + 1, last + 1 + count, dtype=np.int64)


def delete(table: str, keys: NDArray[np.int64]) -> None:
    """Delete the rows with these primary keys."""
    if len(keys):
        which, parameters = _among({"id": keys})
        with connection.cursor() as cursor:
            cursor.execute(DELETE.substitute(table=table, which=which), parameters)


def _among(keys: Mapping[str, NDArray[np.int64]]) -> tuple[str, list]:
    """That each column is one of the keys given for it: SQL and its parameters.

    For PostgreSQL the keys, which are numbers, stand in the statement: a COPY takes no parameters.
    """
    lists = {name: json.dumps(some.tolist()) for name, some in keys.items()}
    if is_postgresql():
        tests = [ANY.substitute(name=name, keys=some[1:-1]) for name, some in lists.items()]
        return " AND ".join(tests), []
    return " AND ".join(IN.substitute(name=name) for name in lists), list(lists.values())
