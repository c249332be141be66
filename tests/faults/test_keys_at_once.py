"""While a large file is being stored, nobody else waits for a primary key, and none is given out twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from measures import columns
from measures.models import Observation

pytestmark = pytest.mark.servers
TABLE = Observation._meta.db_table
LIMIT = "SET LOCAL lock_timeout = '2s'"  # so that waiting is an error, not a hang


def reserve(count: int) -> list[int]:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LIMIT)
        return columns.reserve(TABLE, count).tolist()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_one_figure_gets_its_key_while_a_million_are_being_stored(real_db):
    with transaction.atomic():
        million = columns.reserve(TABLE, 1_000_000)
        other: list[int] = []

        def enter_by_hand() -> None:
            try:
                other.extend(reserve(1))
            finally:
                connection.close()

        thread = Thread(target=enter_by_hand)
        thread.start()
        thread.join()
    assert other == [int(million[-1]) + 1]
    assert million.tolist() == list(range(int(million[0]), int(million[0]) + 1_000_000))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_ranges_reserved_at_once_share_no_key(real_db):
    start, found = Barrier(4), []

    def take() -> None:
        try:
            start.wait()
            for count in (1, 7, 1_000, 3) * 5:
                found.extend(reserve(count))
        finally:
            connection.close()

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 4 * 5 * 1_011


def test_a_range_given_back_by_a_rollback_is_not_given_again(real_db):
    with transaction.atomic():
        first = columns.reserve(TABLE, 5).tolist()
        transaction.set_rollback(True)
    second = reserve(5)
    if connection.vendor == "postgresql":
        assert second == [key + 5 for key in first]
    else:
        assert second == first  # nothing was stored, and nobody else could write meanwhile
