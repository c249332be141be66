"""Requirements of docs/asvs.md that rest on what the code never does, or on what is written down."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache

import pytest
import time_machine
from django.conf import settings as running
from django.utils import timezone

from core.accounts import forms, throttle
from core.accounts.models import User
from core.accounts.permissions import Role
from measures.parsing import guard
from tests.core.accounts.door import knock, person
from tests.factories.accounts import UserFactory

ROOT = running.BASE_DIR
OURS = ("config", "core", "deepdive", "desk", "governance", "measures")
CONSTANT = re.compile(r"^_?[A-Z][A-Z0-9_]*$")
# Looked at one by one: what these hold is written in our code, though not where they are used.
OUR_PATTERNS = {
    ("governance/papers/checking/periods.py", "pattern"),
    ("governance/papers/checking/style.py", "f'\\\\b{name}\\\\b'"),
    ("governance/papers/content/glossary.py", "_pattern(one.term, one)"),  # the office's terms, escaped
}
OUR_FORMATS = {
    "core/audit/sentences.py": ("phrase",),  # registered by the apps
    "core/documents/render.py": ("sentence",),
    "governance/papers/drafting.py": ("when",),
    "measures/trends/key.py": ("{'before': ",),
}
UNITS = ("measures/charts/", "measures/presenters/")  # where .format is the method of a Unit, and takes a number
WORTH_READING = re.compile(
    r"\bre\.\w+\(|\.format|\beval\(|\bexec\(|\bcompile\(|from_string|\bpickle\.|marshal\.|yaml\.|Template\("
)
PATTERNS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Every call in our code, with where it stands."""
    found = []
    for path in (one for app in OURS for one in sorted((ROOT / app).rglob("*.py"))):
        text = path.read_text()
        if not WORTH_READING.search(text):  # reading every module would take seconds
            continue
        tree = ast.parse(text)
        found += [
            (f"{path.relative_to(ROOT)}:{one.lineno}", one) for one in ast.walk(tree) if isinstance(one, ast.Call)
        ]
    assert len(found) > 1_000  # it does look
    return found


def called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def is_ours(part: ast.expr) -> bool:
    """Whether a text is written in the code: a constant, by its name or joined of such and of what is escaped."""
    match part:
        case ast.Constant():
            return True
        case ast.Name():
            return bool(CONSTANT.match(part.id))
        case ast.Attribute():
            return bool(CONSTANT.match(part.attr)) or (part.attr == "pattern" and is_ours(part.value))
        case ast.Subscript():
            return is_ours(part.value)
        case ast.FormattedValue():
            return is_ours(part.value)
        case ast.JoinedStr():
            return all(map(is_ours, part.values))
        case ast.BinOp():
            return is_ours(part.left) and is_ours(part.right)
        case ast.Dict():
            return all(map(is_ours, part.values))
        case ast.Call():
            return called(part) in ("re.escape", "sql.SQL") or getattr(part.func, "attr", "") == "join"
    return False


def patterns_of_others() -> Iterator[str]:
    for where, call in calls():
        module, _, name = called(call).rpartition(".")
        if module == "re" and name in PATTERNS and not is_ours(call.args[0]):
            found = ast.unparse(call.args[0])
            if (where.partition(":")[0], found) not in OUR_PATTERNS:
                yield f"{where} {found}"


def evaluations() -> Iterator[str]:
    for where, call in calls():
        if called(call) in ("eval", "exec", "compile", "pickle.loads", "pickle.load", "marshal.loads", "yaml.load"):
            yield where


def templates_from_texts() -> Iterator[str]:
    for where, call in calls():
        if called(call).endswith("from_string") or called(call) in ("template.Template", "engine.Template"):
            yield where


def formats_of_others() -> Iterator[str]:
    for where, call in calls():
        if getattr(call.func, "attr", "") not in ("format", "format_map") or is_ours(call.func.value):
            continue
        path, found = where.partition(":")[0], ast.unparse(call.func.value)
        is_unit = path.startswith(UNITS) and re.search(r"\b(unit|self)$|^chart_unit\(", found)
        if not is_unit and not found.startswith(OUR_FORMATS.get(path, ())):
            yield f"{where} {found}"


def tls_switched_off() -> Iterator[str]:
    words = re.compile(r"verify\s*=\s*False|CERT_NONE|check_hostname\s*=\s*False|_create_unverified|ssl_cert_reqs=none")
    for path in (one for app in OURS for one in (ROOT / app).rglob("*.py")):
        if words.search(path.read_text()):
            yield str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    "never", [patterns_of_others, evaluations, templates_from_texts, formats_of_others, tls_switched_off]
)
def test_what_the_code_never_does(never: Callable[[], Iterator[str]]):
    assert list(never()) == []


@pytest.mark.parametrize(
    ("line", "theirs"),
    [
        ("re.search(typed, text)", True),
        ("re.search(rf'{typed}s', text)", True),
        ("re.search(rf'{re.escape(typed)}s', text)", False),
        ("re.search(WORDS + r'x', text)", False),
    ],
)
def test_what_is_typed_would_be_found_in_a_pattern(line: str, theirs: bool):
    (call,) = (one for one in ast.walk(ast.parse(line)) if isinstance(one, ast.Call) and called(one) == "re.search")
    assert is_ours(call.args[0]) != theirs


DOCS = {  # what a requirement wants written down: where, and in which words, the numbers from the code
    "5.1.1": (
        "docs/operations.md",
        f"workbooks are refused above {guard.WORKBOOK_BYTES // guard.MB} MB and other files above "
        f"{guard.UPLOAD_BYTES // guard.MB} MB",
        "**While the daemon does not answer, uploads are refused**",
    ),
    "6.1.1": (
        "docs/operations.md",
        f"{('Five', 'Six')[throttle.TRIES_AN_ACCOUNT - 5]} wrong tries close an account for a quarter of an hour, "
        f"{('twenty', 'more')[throttle.TRIES_AN_ADDRESS - 20]} from one address that address",
    ),
    "6.1.3": (
        "docs/operations.md",
        "an app that shows codes, a passkey or a security key",
        "### Through the organisation",
        "### Programs that read",
    ),
    "7.1.3": ("docs/operations.md", "Signing out here does not sign out there", "keeps an open session for ten hours"),
    "13.1.1": (
        "docs/operations.md",
        *("DATABASE_URL", "REDIS_URL", "RECKONER_MAIL_URL", "RECKONER_CLAMAV", "RECKONER_OIDC_ISSUER"),
        "RECKONER_STOLEN_PASSWORDS_URL",
    ),
    "15.1.3": ("docs/operations.md", "## More load"),
}


@pytest.mark.parametrize("number", DOCS)
def test_what_has_to_be_written_down_is(number: str):
    page, *wanted = DOCS[number]
    text = " ".join((ROOT / page).read_text().split())
    assert [words for words in wanted if words not in text] == []
    assert throttle.WINDOW.total_seconds() == 15 * 60


def test_every_package_is_pinned_and_hashed():
    for name in ("requirements", "requirements-dev"):
        wanted = {
            re.match(r"[\w.-]+", line)[0].lower().replace("_", "-")
            for line in (ROOT / f"{name}.in").read_text().splitlines()
            if line and line[0] not in "#-"
        }
        entries = re.findall(
            r"(?m)^([\w.-]+)(?:\[[^]]*\])?==\S+((?: \\\n +--hash=sha256:[0-9a-f]{64})*)",
            (ROOT / f"{name}.txt").read_text(),
        )
        lines = [one for one in (ROOT / f"{name}.txt").read_text().splitlines() if one[:1].isalnum()]
        assert (len(entries), wanted - {found for found, _ in entries}) == (len(lines), set())
        assert [found for found, hashes in entries if not hashes] == []


@pytest.mark.django_db
def test_a_password_does_not_grow_old_and_nothing_about_its_owner_is_asked_in_its_place(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person(Role.PANEL)
    with time_machine.travel(timezone.now() + timedelta(days=3_650), tick=False):
        assert knock(client).status_code == 302
    asked = {
        name
        for form in (forms.SignInForm, forms.OwnPasswordForm, forms.PasswordAgainForm)
        for name in form.declared_fields
    }
    assert asked | set(forms.SignInForm.base_fields) == {
        "username",
        "password",
        "old_password",
        "new_password1",
        "new_password2",
    }
    assert {one.name for one in User._meta.concrete_fields} == {
        "id", "email", "name", "job_title", "password", "is_active", "created_at", "last_login"
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/users/{}/", "/history/samples/{}/", "/imports/{}/withdrawal/", "/history/?before={}"]
)
def test_a_number_past_every_range_is_answered_like_one_that_is_not_there(client, address):
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST]))
    seen = {number: client.get(address.format(number)).status_code for number in (2**31 - 1, 2**63, 10**30)}
    assert len(set(seen.values())) == 1 and seen[2**63] in (200, 404)
