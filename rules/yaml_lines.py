"""YAML that remembers its lines, and errors that say file, line, field and mend in one sentence.

Read safely (no tags, no aliases, no duplicate keys, bounded size and depth) by the YAML 1.2 core
rules: ``17:30`` stays a text and never becomes 1050, ``no`` stays a word, a date stays a text until
its field says that it is a date.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Final, TypeAlias, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.reader import ReaderError

from vision.seen import InputError

Loc: TypeAlias = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

MAX_BYTES: Final = 4_000_000
MAX_DEPTH: Final = 40


class _Loader(yaml.SafeLoader):
    """SafeLoader with the YAML 1.2 core schema in place of YAML 1.1's surprises."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="an alias (*name) is not read here; write the value out",
                problem_mark=self.get_mark(),
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(
                problem=f"nested deeper than {MAX_DEPTH} levels; flatten it",
                problem_mark=self.get_mark(),
            )
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""]
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$|^[-+]?[0-9]+[eE][-+]?[0-9]+$"
    ),
    list("-+.0123456789"),
)


def _core_int(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _core_int)

_SHORT_TAG: Final = "tag:yaml.org,2002:"
_PLAIN_TAGS: Final = {_SHORT_TAG + t for t in ("null", "bool", "int", "float", "str", "seq", "map")}


@dataclass(frozen=True)
class Document:
    """Plain data with the line (from 1) where each key or item starts."""

    file: str
    data: Any
    lines: Mapping[Loc, int]

    def line(self, loc: Loc) -> int:
        """The line of ``loc``, or of the nearest place above it that is in the file."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.lines:
                return self.lines[loc[:end]]
        return 1


def field_name(loc: Loc) -> str:
    """``("cameras", 0, "zones")`` -> ``cameras[0].zones``."""
    out = ""
    for part in loc:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f".{part}" if out else part
    return out or "the file"


def complain(
    error: type[InputError], document: Document, loc: Loc, what: str, mend: str
) -> InputError:
    """One sentence: file, line, field, what is wrong, how to mend it."""
    return error(f"{document.file}, line {document.line(loc)}, {field_name(loc)}: {what}; {mend}.")


def load_yaml(path: str | Path, error: type[InputError], *, text: str | None = None) -> Document:
    """Read a YAML file (or ``text`` in its name) into plain data with lines."""
    name = Path(path).name
    if text is None:
        text = _read(Path(path), error)
    try:
        loader = _Loader(text)
    except ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise error(
            f"{name}, line {line}: this is not the YAML that is read here: "
            f"a character with the number {ord(text[fault.position])}; delete it."
        ) from None
    try:
        node = loader.get_single_node()
        lines: dict[Loc, int] = {(): 1}
        data = None if node is None else _plain(loader, node, (), lines)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = (
            getattr(fault, "problem", None) or getattr(fault, "reason", None) or "not readable"
        )
        raise error(
            f"{name}, line {line}: this is not the YAML that is read here: "
            f"{problem or 'not readable'}; "
            "mend this line (two spaces a level, 'key: value', text with ':' or '#' in quotes)."
        ) from None
    except RecursionError:
        raise error(f"{name}, line 1: nested deeper than {MAX_DEPTH} levels; flatten it.") from None
    finally:
        loader.dispose()
    return Document(name, data, lines)


def _read(path: Path, error: type[InputError]) -> str:
    name = path.name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise error(f"{name}: there is no such file; check the path {path}.") from None
    except IsADirectoryError:
        raise error(f"{name}: this is a folder; give the YAML file in it.") from None
    except OSError as fault:
        raise error(f"{name}: it can't be read ({fault.strerror}); check its rights.") from None
    if len(raw) > MAX_BYTES:
        raise error(
            f"{name}: {len(raw)} bytes are more than the {MAX_BYTES} that are read; "
            "split it or check that it is the right file."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise error(
            f"{name}, line {line}: this is not UTF-8; save the file as UTF-8 (a GBK file won't do)."
        ) from None


def _plain(loader: _Loader, node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> Any:  # noqa: ANN401 - plain data
    lines.setdefault(loc, node.start_mark.line + 1)
    if node.tag not in _PLAIN_TAGS:
        raise yaml.MarkedYAMLError(
            problem=f"the tag {node.tag} is not read here; write plain values",
            problem_mark=node.start_mark,
        )
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                raise yaml.MarkedYAMLError(
                    problem="a key must be a word", problem_mark=key_node.start_mark
                )
            if key in out:
                first = lines[(*loc, key)]
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key}' stands here twice (first in line {first}); "
                    "keep one of them",
                    problem_mark=key_node.start_mark,
                )
            lines[(*loc, key)] = key_node.start_mark.line + 1
            out[key] = _plain(loader, value_node, (*loc, key), lines)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*loc, i), lines) for i, item in enumerate(node.value)]
    return loader.construct_object(node)


def parse(model: type[M], document: Document, error: type[InputError]) -> M:
    """Check the data against a pydantic model; the first fault becomes one sentence."""
    if not isinstance(document.data, dict):
        what = "it is empty" if document.data is None else "it is not a list of 'key: value' lines"
        raise error(
            f"{document.file}, line 1: {what}; start it with "
            f"'{next(iter(known_keys(model)))}: ...' (keys: {', '.join(known_keys(model))})."
        )
    try:
        return model.model_validate(document.data)
    except ValidationError as fault:
        raise first_fault(fault, model, document, error) from None


def first_fault(
    fault: ValidationError,
    model: type[BaseModel],
    document: Document,
    error: type[InputError],
    prefix: Loc = (),
) -> InputError:
    """The fault that stands first in the file, as one sentence."""
    found = fault.errors(include_url=False)
    # a list whose items were refused is called too short as well: the item is the real fault
    details = [
        d
        for d in found
        if not any(
            len(o["loc"]) > len(d["loc"]) and o["loc"][: len(d["loc"])] == d["loc"] for o in found
        )
    ]
    # a misspelt key is missing as well: its own line says more than the place where it misses
    misspelt = {
        d["loc"]
        for d in details
        if d["type"] == "extra_forbidden"
        for m in details
        if m["type"] == "missing"
        and m["loc"][:-1] == d["loc"][:-1]
        and difflib.get_close_matches(str(d["loc"][-1]), [str(m["loc"][-1])], n=1, cutoff=0.5)
    }
    detail = min(
        details,
        key=lambda d: (
            d["loc"] not in misspelt,
            document.line(prefix + d["loc"]),
            str(d["loc"]),
        ),
    )
    # a union's branches put their names into the location; the file knows only real places
    loc = prefix + _real_loc(detail["loc"], document, prefix)
    what, mend = _sentence(detail, model, loc[len(prefix) :])
    return complain(error, document, loc, what, mend)


def _real_loc(loc: Loc, document: Document, prefix: Loc) -> Loc:
    real: Loc = ()
    for part in loc:
        if (*prefix, *real, part) in document.lines or (part == loc[-1] and part != "[key]"):
            real = (*real, part)
    return real


def known_keys(model: type[BaseModel]) -> list[str]:
    """The keys that a model reads, in the order of its fields."""
    return [f.alias or name for name, f in model.model_fields.items()]


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model whose keys stand at ``loc``."""
    here: Any = model
    for part in loc:
        here = _unwrap(here)
        if isinstance(part, int) or not (isinstance(here, type) and issubclass(here, BaseModel)):
            here = _item(here)
            continue
        for name, info in here.model_fields.items():
            if part in (name, info.alias):
                here = info.annotation
                break
        else:
            return None
    here = _unwrap(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _unwrap(kind: Any) -> Any:  # noqa: ANN401 - a field's type as written: a class, a union, Annotated
    while get_origin(kind) in (Union, UnionType):
        kind = next((a for a in get_args(kind) if a is not type(None)), None)
    if hasattr(kind, "__metadata__"):
        return _unwrap(get_args(kind)[0])
    return kind


def _item(kind: Any) -> Any:  # noqa: ANN401 - the same
    args = [a for a in get_args(_unwrap(kind)) if a is not Ellipsis]
    return args[-1] if args else None


def _hint(model: type[BaseModel], loc: Loc) -> str:
    """The field's own example, if it has one."""
    parts = loc
    while parts:
        owner = _model_at(model, parts[:-1])
        if owner is not None and isinstance(parts[-1], str):
            for name, info in owner.model_fields.items():
                if parts[-1] in (name, info.alias) and info.examples:
                    return f", for example {parts[-1]}: {info.examples[0]}"
        parts = parts[:-1]
    return ""


_GIVEN_MAX: Final = 60


def _given(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _GIVEN_MAX else text[:_GIVEN_MAX] + "..."


def _sentence(detail: ErrorDetails, model: type[BaseModel], loc: Loc) -> tuple[str, str]:
    kind = detail["type"]
    given = _given(detail["input"])
    hint = _hint(model, loc)
    if kind == "extra_forbidden":
        owner = _model_at(model, loc[:-1])
        keys = known_keys(owner) if owner else []
        near = difflib.get_close_matches(str(loc[-1]), keys, n=1, cutoff=0.5)
        mend = f"did you mean '{near[0]}'" if near else f"take it out (known: {', '.join(keys)})"
        return f"'{loc[-1]}' is no key of this place", mend
    if kind == "missing":
        return "it is missing", f"add a line '{loc[-1]}: ...' here{hint}"
    if kind == "literal_error":
        allowed = detail.get("ctx", {}).get("expected", "")
        names = re.findall(r"'([^']+)'", allowed)
        near = difflib.get_close_matches(str(detail["input"]), names, n=1, cutoff=0.5)
        did = f"did you mean '{near[0]}' (one of {allowed})" if near else f"write one of {allowed}"
        return f"{given} is not known here", did
    if kind == "value_error":
        text = str(detail.get("ctx", {}).get("error", detail["msg"]))
        what, _, mend = text.partition("; ")
        return what, (mend or f"mend it{hint}").rstrip(".")
    if kind == "model_type" or kind == "dict_type" or kind == "model_attributes_type":
        return f"{given} is not a group of 'key: value' lines", f"write them indented below{hint}"
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    return f"{given} won't do: {message}", f"write it anew{hint}"
