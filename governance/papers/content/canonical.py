"""Content as canonical JSON and back, and the hash by which a version is known. Pure.

Canonical: UTF-8, keys in order, no spaces, no escapes but those JSON asks for. Equal content gives equal bytes on any
machine, so the hash can be recomputed by anybody who has the JSON.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from governance.papers.content.shapes import LATER, SCHEMA, Block, Chart, Paper


class UnreadableContent(Exception):
    """The text is not the content of a paper, or of a schema this version does not know."""


def to_json(paper: Paper) -> str:
    """The canonical text."""
    return json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """The hash of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def from_json(text: str) -> Paper:
    """The content a canonical text says. Raises UnreadableContent."""
    try:
        read = json.loads(text)
        if not isinstance(read, dict) or read.get("schema") != SCHEMA:
            raise UnreadableContent("This content was written under a schema that this version does not read.")
        return _read(Paper, read)
    except (TypeError, ValueError, KeyError) as problem:
        raise UnreadableContent(f"This is not the content of a paper: {problem}") from problem


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = {one: getattr(value, one.name) for one in fields(value)}
        held = {one.name: _plain(got) for one, got in said.items() if LATER not in one.metadata or got != one.default}
        return held | {"kind": "chart"} if isinstance(value, Chart) else held
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@cache
def _hints(shape: type) -> dict[str, Any]:
    return {one.name: get_type_hints(shape)[one.name] for one in fields(shape)}


def _read(shape: Any, value: Any) -> Any:
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        return _read_one_of(get_args(shape), value)
    if origin is tuple:
        inner = get_args(shape)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_read(inner[0], one) for one in value)
        return tuple(_read(kind, one) for kind, one in zip(inner, value, strict=True))
    if is_dataclass(shape):
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} where {shape.__name__} is needed")
        given = {name: one for name, one in value.items() if not (shape is Chart and name == "kind")}
        hints = _hints(shape)
        return shape(**{name: _read(hints[name], one) for name, one in given.items()})
    if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        raise TypeError(f"{value!r} where {shape.__name__} is needed")
    return value


def _read_one_of(shapes: tuple[Any, ...], value: Any) -> Any:
    if value is None and NoneType in shapes:
        return None
    if Chart in shapes and isinstance(value, dict):
        return _read(Chart if value["kind"] == "chart" else Block, value)
    return _read(next(one for one in shapes if one is not NoneType), value)
