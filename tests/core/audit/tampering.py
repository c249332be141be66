"""What somebody who owns the database can do to the log: the guards taken away, a change made, the guards put back."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.db import connection

from core.audit.chain import link
from core.audit.events import sealed, select_sealed
from core.audit.install import install, uninstall
from core.audit.models import AuditSeal
from core.audit.tables import LOG_TABLE, SEAL_TABLE
from core.audit.verify import head

CHANGES = 10


def write() -> int:
    """Ten changes, each sealed; the seq of the last seal before them."""
    start = head()[0]
    for number in range(CHANGES):
        Group.objects.create(name=f"change {number}")
    return start


def unguarded(*statements: str) -> None:
    uninstall({LOG_TABLE, SEAL_TABLE, "auth_group"})
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    install()


def event(seq: int) -> int:
    return AuditSeal.objects.get(seq=seq).event_id


def rechain(start: int) -> None:
    """The seals after a seq, written anew over the events as they stand."""
    uninstall({LOG_TABLE, SEAL_TABLE})
    previous = head(at=start)[1]
    with connection.cursor() as cursor:
        cursor.execute(select_sealed(connection.vendor), [start, 1_000])
        for row in cursor.fetchall():
            one = sealed(row)
            previous = link(previous, one.seq, one.payload)
            cursor.execute(f"UPDATE {SEAL_TABLE} SET hash = %s WHERE seq = %s", [previous, one.seq])
    install()


def edit(at: int) -> None:
    unguarded(f"UPDATE {LOG_TABLE} SET actor_name = 'somebody else' WHERE id = {event(at)}")


def edit_value(at: int) -> None:
    unguarded(f"""UPDATE {LOG_TABLE} SET new_full = '{{"id": 1, "name": "another"}}' WHERE id = {event(at)}""")


def clock(at: int) -> None:
    unguarded(f"UPDATE {LOG_TABLE} SET at = '2020-01-01 00:00:00+00' WHERE id = {event(at)}".replace("+00'", "'"))


def delete(at: int) -> None:
    unguarded(f"DELETE FROM {LOG_TABLE} WHERE id = {event(at)}")


def delete_with_seal(at: int) -> None:
    unguarded(f"DELETE FROM {LOG_TABLE} WHERE id = {event(at)}", f"DELETE FROM {SEAL_TABLE} WHERE seq = {at}")


def delete_seal(at: int) -> None:
    unguarded(f"DELETE FROM {SEAL_TABLE} WHERE seq = {at}")


def close_the_gap(at: int) -> None:
    """An event and its seal taken out, and the later seals moved up."""
    unguarded(
        f"DELETE FROM {LOG_TABLE} WHERE id = {event(at)}",
        f"DELETE FROM {SEAL_TABLE} WHERE seq = {at}",
        *[f"UPDATE {SEAL_TABLE} SET seq = {seq - 1} WHERE seq = {seq}" for seq in range(at + 1, head()[0] + 1)],
    )


def forge(at: int) -> None:
    """A seal put over an event by somebody who makes up its hash."""
    unguarded(f"UPDATE {SEAL_TABLE} SET hash = '{'ab' * 32}' WHERE seq = {at}")


def swap(at: int) -> None:
    one, other = event(at), event(at + 1)
    unguarded(
        *[f"UPDATE {LOG_TABLE} SET id = {new} WHERE id = {old}" for old, new in ((one, -1), (other, one), (-1, other))]
    )


def reorder(at: int) -> None:
    one, other = event(at), event(at + 1)
    changes = ((at, "NULL"), (at + 1, one), (at, other))
    unguarded(*[f"UPDATE {SEAL_TABLE} SET event_id = {new} WHERE seq = {seq}" for seq, new in changes])


def unsealed_redaction(at: int) -> None:
    """An event blanked as a redaction would, which nobody asked for."""
    unguarded(
        f"UPDATE {LOG_TABLE} SET salt = NULL, reason = '', old_changed = NULL, new_full = NULL, "
        f"content_sha256 = '{'cd' * 32}' WHERE id = {event(at)}"
    )


ATTACKS: dict[str, Callable[[int], None]] = {
    one.__name__: one
    for one in (
        edit,
        edit_value,
        clock,
        delete,
        delete_with_seal,
        delete_seal,
        close_the_gap,
        forge,
        swap,
        reorder,
        unsealed_redaction,
    )
}


def truncate(at: int) -> None:
    """The end of the log cut off from a seq on."""
    first = event(at)
    unguarded(f"DELETE FROM {LOG_TABLE} WHERE id >= {first}", f"DELETE FROM {SEAL_TABLE} WHERE seq >= {at}")


def rewrite(at: int) -> None:
    """An event edited, and every seal from it on computed again: a chain that fits in itself."""
    edit(at)
    rechain(at - 1)
