"""A file on its way into the record, one stage after another. The caller has checked permission.

The `..._file` functions are what a page or a job calls: they do the slow part first, without a transaction, and then
one action that writes what was found. A small file is done at once, a large one by a job the page follows.
"""

import datetime as dt
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.text import slugify

from core import jobs
from core.accounts.models import User
from core.audit import action
from core.documents.actions import store_file, tidy_name
from measures import importing, inspecting, populations, previews, recognised, states, storing
from measures.actions.areas import add_area_alias, create_area
from measures.actions.definitions import create_many_series, create_measure
from measures.models import Area, ImportBatch, ImportReport, SourceMapping
from measures.parsing.official import areas as official
from measures.states import IMPORT, State


@action
def upload_file(
    *,
    data: bytes | BinaryIO,
    name: str,
    source: str,
    as_at: dt.date,
    provisional: bool,
    provisional_from: dt.date | None = None,
    by: User,
) -> ImportBatch:
    """Keep a file and begin an import of it. Nothing of it is in the record yet."""
    stored = store_file(data=data, name=name, by=by)
    batch = ImportBatch.objects.create(
        file=stored,
        file_name=tidy_name(name),
        source=source,
        as_at=as_at,
        provisional=provisional,
        provisional_from=provisional_from if provisional else None,
        created_by=by,
        created_at=timezone.now(),
    )
    ImportReport.objects.create(batch=batch)
    return batch


def go_on(*, batch: ImportBatch, by: User) -> None:
    """Do now what has just been asked for, unless a job has it."""
    step = {State.UPLOADED: inspect_file, State.CHECKING: check_file, State.ACCEPTING: accept_file}.get(batch.state)
    if step and ImportReport.objects.get(batch=batch).job is None:
        step(batch=batch, by=by)


# --- reading the columns -----------------------------------------------------------------------------------------


def inspect_file(*, batch: ImportBatch, by: User, progress: inspecting.Progress = inspecting.no_progress) -> None:
    """Recognise the columns; where they were confirmed for this source before, go on to check the rows."""
    found = inspecting.inspect(batch, progress)
    keep_inspection(batch=batch, found=found, by=by)
    if found.goes_on:
        go_on(batch=request_check(batch=batch, by=by), by=by)


@action
def request_inspection(*, batch: ImportBatch, options: dict[str, Any] | None = None, by: User) -> ImportBatch:
    """Have the file read, or read again with another sheet, encoding or row of headings."""
    held = _lock(batch)
    if held.state != State.UPLOADED:
        _move(held, State.UPLOADED, by)
    if options is not None:
        held.options = {name: value for name, value in options.items() if value}
        held.mapping = {}
        held.save(update_fields=["options", "mapping"])
    _report(held, problems=[], summary={}, preview={}, job=_ask("measures.inspect_import", held, by))
    return held


@action
def keep_inspection(*, batch: ImportBatch, found: inspecting.Inspection, by: User) -> None:
    held = _lock(batch)
    if held.state == State.UPLOADED:
        held.mapping, held.options, held.attribution = found.mapping, found.options, found.attribution
        held.save(update_fields=["mapping", "options", "attribution"])
        problems, counts = previews.problems_of(found.report)
        _report(held, problems=problems, summary=found.summary | {"saved": found.saved}, preview=counts, job=None)


@action
def reopen_columns(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Back to the choice of columns, as it was last made."""
    held = _lock(batch)
    _move(held, State.UPLOADED, by)
    return held


# --- checking the rows -------------------------------------------------------------------------------------------


@action
def confirm_columns(*, batch: ImportBatch, mapping: dict[str, Any], by: User) -> ImportBatch:
    """Say how the columns are to be read, and have every row checked."""
    return _check_with(batch, by, mapping=mapping)


@action
def place_names(
    *,
    batch: ImportBatch,
    measures: dict[str, str | None],
    areas: dict[str, str | None],
    new_measures: dict[str, dict[str, str]] | None = None,
    new_areas: dict[str, str] | None = None,
    by: User,
) -> ImportBatch:
    """Say what names in the file stand for (slugs), None to leave their rows out; then have every row checked.

    `new_measures` are defined under the name in the file with the kind and unit given; `new_areas` are name -> kind.
    An area's other name is kept for every source, a measure's for this one.
    """
    for text, facts in (new_measures or {}).items():
        made = create_measure(slug=slugify(text)[:60], name=text[:200], short_name=text[:80], by=by, **facts)
        measures = measures | {text: made.slug}
    for text, kind in sorted((new_areas or {}).items(), key=lambda one: one[1] == Area.Kind.FORCE):  # regions first
        create_area(name=text[:120], kind=kind, region=_region_of(text, kind), by=by)
    for text, slug in areas.items():
        if slug:
            add_area_alias(area=Area.objects.get(slug=slug), name=text, by=by)
    mapping = batch.mapping | {
        "measures": batch.mapping.get("measures", {}) | measures,
        "areas": batch.mapping.get("areas", {}) | areas,
    }
    return _check_with(batch, by, mapping=mapping)


def _region_of(text: str, kind: str) -> Area | None:
    """The region of an official force area, where the record has it by its official name."""
    found = official.named(text) if kind == Area.Kind.FORCE else None
    within = official.BY_CODE.get(found.within) if found else None
    return Area.objects.filter(name=within.name, kind=Area.Kind.REGION).first() if within else None


@action
def place_series(*, batch: ImportBatch, create: list[list[str]], leave: list[list[str]], by: User) -> ImportBatch:
    """Begin to keep some series ([measure, area, breakdown]), leave the figures of others out; then check again."""
    create_many_series(keys=create, by=by)
    options = batch.options | {"left_out": [*batch.options.get("left_out", []), *leave]}
    return _check_with(batch, by, options=options)


@action
def request_check(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Have every row checked (again)."""
    return _check_with(batch, by)


def _check_with(batch: ImportBatch, by: User, **changes: Any) -> ImportBatch:
    held = _lock(batch)
    _move(held, State.CHECKING, by)
    for field, value in changes.items():
        setattr(held, field, value)
    if changes:
        held.save(update_fields=list(changes))
    _report(held, job=_ask("measures.check_import", held, by))
    return held


def check_file(*, batch: ImportBatch, by: User, progress: inspecting.Progress = inspecting.no_progress) -> None:
    batch.refresh_from_db()
    keep_check(batch=batch, found=importing.prepare(batch, progress), by=by)


@action
def keep_check(*, batch: ImportBatch, found: importing.Prepared, moved: bool = False, by: User) -> None:
    """Write down what the check found. `moved`: the record changed while the preview was on the screen."""
    held = _lock(batch)
    if held.state == State.CHECKING:
        _move(held, State.READY if found.is_ready else State.REFUSED, by)
        problems, counts = previews.problems_of(found.report)
        preview = previews.preview_of(found) | counts | {"moved": moved}
        _report(held, problems=problems, preview=preview, job=None)
        if found.signature:
            _remember(held, found.signature)


def _remember(held: ImportBatch, signature: str) -> None:
    """Keep how the columns are read for the next file of this source: the corrected one, or next month's."""
    kept = recognised.remembered(held.options)
    said = {"mapping": held.mapping, "options": kept}
    saved = SourceMapping.objects.filter(source=held.source, signature=signature).first()
    if saved is None or (saved.mapping, saved.options) != (held.mapping, kept):
        SourceMapping.objects.update_or_create(source=held.source, signature=signature, defaults=said)


# --- accepting ---------------------------------------------------------------------------------------------------


@action
def request_acceptance(*, batch: ImportBatch, by: User) -> ImportBatch:
    held = _lock(batch)
    _move(held, State.ACCEPTING, by)
    _report(held, job=_ask("measures.accept_import", held, by))
    return held


def accept_file(*, batch: ImportBatch, by: User, progress: inspecting.Progress = inspecting.no_progress) -> None:
    """Store what was previewed, or, where the record has changed since, show the new preview instead."""
    batch.refresh_from_db()
    if batch.state != State.ACCEPTING:
        return
    found = importing.prepare(batch, progress)
    if found.is_ready and found.fingerprint() == batch.report.preview.get("fingerprint"):
        try:
            store_import(batch=batch, found=found, by=by)
            return
        except storing.RecordMoved:
            found = importing.prepare(batch, progress)
    send_back(batch=batch, by=by)
    keep_check(batch=batch, found=found, moved=True, by=by)


@action
def store_import(*, batch: ImportBatch, found: importing.Prepared, by: User) -> None:
    """Every figure of the file, or none."""
    held = _lock(batch)
    _move(held, State.ACCEPTED, by, accepted_by=by, accepted_at=timezone.now())
    if found.people:
        populations.store(held, found.people.given, f"{held.source}: {found.recognised['title']}")
        _report(held, job=None)
        return
    stored = storing.store(held, found.given())
    counts = {"new": stored.new, "changed": stored.changed, "unchanged": stored.unchanged}
    _report(held, preview=held.report.preview | counts, job=None)


@action
def send_back(*, batch: ImportBatch, by: User) -> None:
    held = _lock(batch)
    if held.state == State.ACCEPTING:
        _move(held, State.CHECKING, by)


# --- and out of it -----------------------------------------------------------------------------------------------


@action
def discard_import(*, batch: ImportBatch, by: User) -> ImportBatch:
    """End an import of which nothing was stored. The file is kept, because somebody may ask what it held."""
    held = _lock(batch)
    _move(held, State.DISCARDED, by)
    return held


@action
def withdraw_import(*, batch: ImportBatch, reason: str, by: User) -> ImportBatch:
    """Take a batch out of what is current: what it superseded is current again. The observations stay on record."""
    held = _lock(batch)
    states.check_withdrawal(held, reason=reason, by=by)
    _move(held, State.WITHDRAWN, by, withdrawn_by=by, withdrawn_at=timezone.now(), withdrawn_why=reason.strip())
    storing.withdraw(held)
    populations.withdraw(held)
    return held


def _lock(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def _move(held: ImportBatch, to: str, by: User, **facts: Any) -> None:
    IMPORT.check_move(held.state, to, by=by)
    held.state = to
    for field, value in facts.items():
        setattr(held, field, value)
    held.save(update_fields=["state", *facts])


def _ask(work: str, batch: ImportBatch, by: User) -> int | None:
    """The job that does it, or None for a file so small that the page does it at once."""
    return None if importing.is_small(batch) else jobs.enqueue(work, batch.pk, by.pk, dedupe=True).pk


def _report(batch: ImportBatch, **facts: Any) -> None:
    ImportReport.objects.update_or_create(batch=batch, defaults=facts)
