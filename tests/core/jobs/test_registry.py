"""Names of work."""

import pytest

from core.jobs import registry


def test_two_functions_of_one_name_are_refused(chores):
    with pytest.raises(ValueError, match="^Two functions are registered as 'chores.count'.$"):

        @registry.register("chores.count", title="Counting otherwise")
        def otherwise(progress): ...

    assert registry.work_named("chores.count").title == "Counting"


def test_a_module_imported_again_may_register_its_work_again(chores):
    held = registry.work_named("chores.count")
    registry.register("chores.count", title="Counting")(held.handler)
    assert registry.work_named("chores.count") == held
