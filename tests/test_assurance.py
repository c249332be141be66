"""What writes the table of docs/assurance.md: a row for each goal, whatever was run."""

import sys

from bench import assurance
from bench.assurance import GOALS, Goal, Run, in_order, row_of

SAYS = "import sys; print('a warning: of some package'); print('audit: an edit costs 1.1'); print('audit: 9 events'); sys.exit({})"


def test_every_goal_has_one_row_and_names_what_is_there():
    names = [goal.name for goal in GOALS]
    wanted = [f"A{n}" for n in range(1, 7)] + [f"L{n}" for n in range(1, 5)] + [f"F{n}" for n in range(1, 10)]
    assert names == wanted + [f"B{n}" for n in range(1, 9)]
    files = [one for goal in GOALS for one in goal.tests if one.startswith("tests")]
    assert [one for one in files if not (assurance.ROOT / one).is_file()] == []
    modules = [one[0] for goal in GOALS for one in (goal.command, goal.short, goal.after, goal.after_short) if one]
    assert [one for one in modules if not (assurance.ROOT / f"{one.replace('.', '/')}.py").is_file()] == []


def test_what_was_not_run_says_so_and_why():
    goal = Goal("X", "a thing", command=("bench.audit",))
    assert Run(short=True).figure(goal) == "NOT RUN: left out of a short run"
    assert Run(short=False, asked=frozenset({"Y"})).figure(goal) == "NOT RUN: not asked for"
    assert Run(short=False).figure(Goal("X", "a thing", why_not="nobody wrote it")) == "NOT RUN: nobody wrote it"
    late = Run(short=True, until=0.0)
    assert late.figure(Goal("X", "a thing", ("tests/x.py",))) == "NOT RUN: the time of this run was over (SQLite)"
    assert row_of(goal, "3 s") == "| X | a thing | `bench.audit` | 3 s |"


def test_what_is_short_runs_before_what_takes_the_time_there_is():
    kinds = [bool(goal.command) for goal in in_order(GOALS)]
    assert kinds == sorted(kinds)
    assert sorted(goal.name for goal in in_order(GOALS)) == sorted(goal.name for goal in GOALS)


def test_a_command_that_goes_past_the_end_is_ended_and_its_own_lines_are_kept(monkeypatch, tmp_path):
    slow = Run(short=True, until=assurance.time.monotonic() + 1.5)
    tidied = tmp_path / "tidied"
    tidy = f"import time\ntry:\n    time.sleep(60)\nfinally:\n    open({str(tidied)!r}, 'w').close()"
    assert slow.ran([sys.executable, "-c", tidy]) is None
    assert tidied.exists()  # what it had made it could take away
    monkeypatch.setattr(assurance, "ROOT", tmp_path)
    (tmp_path / "bench").mkdir()
    for code, more in ((0, ""), (3, " // FAILED with code 3")):
        says = SAYS.format(code) + code * "#"  # of another length: what Python compiled a moment ago is not taken again
        (tmp_path / "bench" / "audit.py").write_text(says)
        assert Run(short=False).printed(("bench.audit",)) == f"an edit costs 1.1 // 9 events{more}"
    goal = Goal("X", "a thing", command=("bench.audit",), says="events")
    assert Run(short=False).figure(goal) == "9 events; FAILED with code 3"
