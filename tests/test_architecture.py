"""The rules of the house that a linter does not know."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from core.audit import kinds
from desk.generated import PAGES, machines

ROOT = Path(__file__).resolve().parent.parent
APPS = ["core", "measures", "deepdive", "governance", "desk", "config"]
SOURCES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, prefix + str(entry.pattern))
        else:
            found.append((prefix + str(entry.pattern), entry))
    return found


def access_of(view) -> object:
    """What a view says of who may use it; None when it says nothing."""
    view_class = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if view_class is not None:
        return [getattr(permission, "access", permission.__name__) for permission in view_class.permission_classes]
    return getattr(view, "access", None)


def test_every_address_says_who_may_use_it():
    silent = [
        address
        for address, pattern in patterns(get_resolver())
        if access_of(pattern.callback) in (None, [], ["Denied"])
    ]
    assert silent == []


def test_every_model_says_whether_it_is_logged():
    assert kinds.undeclared() == []


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_module_is_small_and_named_after_a_noun(path):
    assert path.name not in {
        "utils.py",
        "helpers.py",
        "services.py",
        "managers.py",
        "selectors.py",
        "repositories.py",
        "misc.py",
    }
    assert len(path.read_text().splitlines()) <= 350


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_functions_are_small(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 60
    ]
    assert long == []


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.name == "actions.py" or p.parent.name == "actions"], ids=short
)
def test_actions_are_verbs_with_keywords_and_name_who_did_it(path):
    wrong = []
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and any(getattr(d, "id", "") == "action" for d in node.decorator_list):
            keywords = [argument.arg for argument in node.args.kwonlyargs]
            if node.args.args or not keywords or "by" not in keywords:
                wrong.append(node.name)
    assert wrong == []


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.name == "presenters.py" or p.parent.name == "presenters"], ids=short
)
def test_presenters_do_not_query(path):
    assert not re.search(r"\.objects\b|\.filter\(|\.exclude\(|\.annotate\(", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_has_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


def test_only_the_render_subprocess_imports_weasyprint():
    importing = [short(path) for path in SOURCES if re.search(r"^\s*(import|from) weasyprint", path.read_text(), re.M)]
    assert importing == ["core/documents/render_worker.py"]


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_up_to_date(name):
    assert (ROOT / name).read_text() == PAGES[name]()


def test_every_state_can_be_reached_and_every_move_needs_a_permission():
    for machine in machines():
        reached = {to for _, to in machine.transitions}
        first = machine.states.values[0]
        assert set(machine.states.values) - reached - {first} == set(), machine.noun
        assert all(machine.transitions.values()), machine.noun


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|mock\.patch|MagicMock")
    here = Path(__file__)
    tested = [path for path in (ROOT / "tests").rglob("*.py") if path != here]
    assert [short(path) for path in [*SOURCES, *tested] if marks.search(path.read_text())] == []


def test_marks_by_which_files_are_chosen_stand_in_files_of_tests():
    """What `pytest_ignore_collect` of tests/conftest.py rests on."""
    named = {path for path in (ROOT / "tests").rglob("*.py") if re.search(r"mark\.(servers|journey)", path.read_text())}
    assert len(named) > 20
    assert [short(path) for path in sorted(named) if not path.name.startswith("test_")] == []


def test_views_are_functions():
    classes = [
        f"{short(path)}: {node.name}"
        for path in SOURCES
        if path.name == "views.py" or path.parent.name == "views"
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases)
    ]
    assert classes == []
