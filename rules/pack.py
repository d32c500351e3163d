"""Rule packs: a standard's clauses as versioned data, and the changes that a town makes to them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter, ValidationError

from datasets.classes import CLASSES
from rules.kinds import KINDS, Kind
from rules.layout_schema import ZONE_KINDS
from rules.pack_schema import AnswersFor, CheckSpec, PackSpec, RowSpec
from rules.yaml_lines import Document, Loc, complain, load_yaml, parse
from vision.seen import PackError, Window

FOLDER: Final = Path(__file__).resolve().parent / "packs"
DEFAULT: Final = "shiquan-2024"


@dataclass(frozen=True)
class Check:
    """A rule kind with its parameters, ready to judge."""

    kind: Kind
    params: Any
    windows: tuple[Window, ...]
    zones: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class Row:
    """A clause with its checks."""

    spec: RowSpec
    checks: tuple[Check, ...]
    at: str = ""
    """File, line and field of its text, as a sentence of a fault begins."""

    @property
    def id(self) -> str:
        return self.spec.id

    @property
    def judged(self) -> bool:
        return bool(self.checks)

    @property
    def windows(self) -> tuple[Window, ...]:
        return self.spec.windows

    @property
    def answers_for(self) -> AnswersFor:
        return self.spec.answers_for


@dataclass(frozen=True)
class Pack:
    """A pack in force: name, version, and every row in the standard's order."""

    name: str
    version: str
    title: str
    effective_from: date
    effective_to: date | None
    rows: tuple[Row, ...]
    overrides: str | None = None
    changed: frozenset[str] = frozenset()
    """Ids of the rows that an overlay changed or added."""

    @property
    def label(self) -> str:
        """What a finding keeps: name and version."""
        return f"{self.name}@{self.version}"

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @property
    def judged_rows(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.judged)

    def row(self, clause: str) -> Row:
        for row in self.rows:
            if row.id == clause:
                return row
        near = difflib.get_close_matches(clause, [r.id for r in self.rows], n=1, cutoff=0.3)
        mend = f"did you mean '{near[0]}'" if near else "see 'deskcheck standard show'"
        raise PackError(f"{self.label}: there is no clause '{clause}'; {mend}.")


def load_pack(path: str | Path | None = None, *, on: date | None = None) -> Pack:
    """Read a pack; by default the shipped one.  With ``on`` it must be in force that day."""
    pack = _load(FOLDER / f"{DEFAULT}.yaml" if path is None else Path(path))
    if on is not None and not pack.in_force(on):
        until = pack.effective_to or "further notice"
        raise PackError(
            f"{pack.label} is in force from {pack.effective_from} to {until}, not on {on}; "
            "give the pack of that day."
        )
    return pack


def _load(path: Path) -> Pack:
    document = load_yaml(path, PackError)
    base = document.data.get("overrides") if isinstance(document.data, dict) else None
    if base is None:
        spec = parse(PackSpec, document, PackError)
        return _pack(spec, _rows(spec, document), frozenset())
    below = _load(_find_base(str(base), path, document))
    return _overlay(document, below)


def _find_base(name: str, path: Path, document: Document) -> Path:
    for folder in (path.parent, FOLDER):
        found = folder / f"{name}.yaml"
        if found.is_file() and found.resolve() != path.resolve():
            return found
    known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.yaml")))
    raise complain(
        PackError, document, ("overrides",), f"there is no pack '{name}'",
        f"put {name}.yaml beside this file, or write one of {known}",
    )  # fmt: skip


def _pack(spec: PackSpec, rows: tuple[Row, ...], changed: frozenset[str]) -> Pack:
    return Pack(
        name=spec.pack,
        version=spec.version,
        title=spec.title,
        effective_from=spec.effective_from,
        effective_to=spec.effective_to,
        rows=rows,
        overrides=spec.overrides,
        changed=changed,
    )


def _overlay(document: Document, below: Pack) -> Pack:
    """A town's pack: each of its rows replaces the fields that it names, or is a new row."""
    old = {row.id: row for row in below.rows}
    raw_rows = document.data.get("rows")
    merged: list[Any] = []
    for raw in raw_rows if isinstance(raw_rows, list) else []:
        if isinstance(raw, dict) and raw.get("id") in old:
            base = old[raw["id"]].spec.model_dump(by_alias=True, exclude_unset=True)
            if {"checks", "manual", "process"} & raw.keys():
                base = {k: v for k, v in base.items() if k not in ("checks", "manual", "process")}
            merged.append({**base, **raw})
        else:
            merged.append(raw)
    data = {**document.data, "rows": merged} if isinstance(raw_rows, list) else document.data
    whole = Document(document.file, data, document.lines)
    spec = parse(PackSpec, whole, PackError)
    new = {row.id: row for row in _rows(spec, whole)}
    rows = [new.pop(row.id, row) for row in below.rows]
    return _pack(spec, (*rows, *new.values()), frozenset(row.id for row in spec.rows))


def _rows(spec: PackSpec, document: Document) -> tuple[Row, ...]:
    seen: set[str] = set()
    rows: list[Row] = []
    for i, row in enumerate(spec.rows):
        if row.id in seen:
            raise complain(
                PackError, document, ("rows", i, "id"), f"the clause '{row.id}' stands twice",
                "keep one row a clause",
            )  # fmt: skip
        seen.add(row.id)
        checks = tuple(
            _check(check, row, document, ("rows", i, "checks", j))
            for j, check in enumerate(row.checks)
        )
        where = f"{document.file}, line {document.line(('rows', i, 'text'))}, rows[{i}].text"
        rows.append(Row(row, checks, where))
    return tuple(rows)


def _check(spec: CheckSpec, row: RowSpec, document: Document, at: Loc) -> Check:
    if spec.kind not in KINDS:
        near = difflib.get_close_matches(spec.kind, list(KINDS), n=1, cutoff=0.4)
        mend = f"did you mean '{near[0]}'" if near else f"write one of {', '.join(sorted(KINDS))}"
        raise complain(PackError, document, (*at, "kind"), f"'{spec.kind}' is no rule kind", mend)
    for j, zone in enumerate(spec.zones):
        _known(zone, ZONE_KINDS, "zone kind", document, (*at, "zones", j))
    kind = KINDS[spec.kind]
    params = params_of(kind, spec.params, document, (*at, "params"))
    return Check(kind, params, spec.windows or row.windows, spec.zones, spec.optional)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind].params)


def params_of(kind: Kind, raw: Mapping[str, Any], document: Document, at: Loc) -> Any:  # noqa: ANN401 - the kind's own parameters
    """A kind's parameters from plain data, checked name by name."""
    names = [f.name for f in fields(kind.params)]
    for key in raw:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
            mend = f"did you mean '{near[0]}'" if near else f"known: {', '.join(names)}"
            raise complain(
                PackError, document, (*at, key), f"'{key}' is no parameter of {kind.name}", mend
            )
    for f in fields(kind.params):
        if f.default is MISSING and f.default_factory is MISSING and f.name not in raw:
            raise complain(
                PackError, document, at, f"{kind.name} needs '{f.name}'", f"add '{f.name}: ...'"
            )
    for key, value in raw.items():
        if not isinstance(value, list):
            continue
        if key.endswith("zones"):
            for zone in value:
                _known(zone, ZONE_KINDS, "zone kind", document, (*at, key))
        if key in ("classes", "things", "gate_classes", "allowed"):
            for name in value:
                _known(name, CLASSES, "class", document, (*at, key))
    try:
        return _adapter(kind.name).validate_python(dict(raw))
    except ValidationError as fault:
        detail = min(fault.errors(include_url=False), key=lambda d: str(d["loc"]))
        loc = (*at, *(part for part in detail["loc"] if (*at, part) in document.lines))
        text = detail["msg"][:1].lower() + detail["msg"][1:]
        raise complain(
            PackError, document, loc, f"{detail['input']!r} won't do: {text}",
            f"see docs/rules/{kind.name}.md",
        ) from None  # fmt: skip


def _known(name: object, names: tuple[str, ...], what: str, document: Document, at: Loc) -> None:
    if name in names:
        return
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.4)
    mend = f"did you mean '{near[0]}'" if near else f"write one of {', '.join(names)}"
    raise complain(PackError, document, at, f"'{name}' is no {what}", mend)


def pack_diff(old: Pack, new: Pack) -> list[tuple[str, str, Mapping[str, tuple[Any, Any]]]]:
    """Row by row what differs: (clause, "added" | "removed" | "changed", field -> (old, new))."""
    before = {row.id: _flat(row.spec) for row in old.rows}
    after = {row.id: _flat(row.spec) for row in new.rows}
    out: list[tuple[str, str, Mapping[str, tuple[Any, Any]]]] = []
    for clause in [*before, *(c for c in after if c not in before)]:
        if clause not in after:
            out.append((clause, "removed", {}))
        elif clause not in before:
            out.append((clause, "added", {}))
        elif before[clause] != after[clause]:
            a, b = before[clause], after[clause]
            keys = [k for k in a | b if a.get(k) != b.get(k)]
            out.append((clause, "changed", {k: (a.get(k), b.get(k)) for k in keys}))
    return out


def _flat(spec: BaseModel) -> dict[str, Any]:
    return spec.model_dump(mode="json", by_alias=True)
