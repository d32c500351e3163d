"""Rows for every table of any schema, made from what the database itself says about it.

Nothing here knows a table by name, so a table added by a later schema change is filled as well.
Rows are the same on every run: words stand as a check lists them (each word at least once), texts
fill the whole length of their column, and every second row leaves empty what may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Engine, MetaData, Table, inspect, types

TEXT = "一号大厅 '\"\\%:;--\n桌面巡检 <b>é\u00a0"
BOOKKEEPING = "alembic_version"
_WORDS = re.compile(r'^(?P<null>"?\w+"? IS NULL OR )?"?(?P<column>\w+)"? IN \((?P<words>.+)\)$')
_SPAN = re.compile(r'^"?(?P<column>\w+)"? BETWEEN (?P<low>\d+) AND (?P<high>\d+)$')

Held = tuple[str, Any]
"""A value with SQLite's own name for how it is stored: 1 and 1.0 and '1' are not the same."""


@dataclass(frozen=True)
class Contents:
    """All rows of one table, by their primary key."""

    columns: tuple[str, ...]
    rows: dict[tuple[Held, ...], dict[str, Held]]


def fill(engine: Engine) -> None:
    """Put rows into every table of the schema that the database has now."""
    schema = MetaData()
    schema.reflect(engine)
    with engine.begin() as connection:
        allowed = {
            table.name: choices(inspect(connection).get_check_constraints(table.name))
            for table in schema.tables.values()
        }
        rows = max((len(v) for c in allowed.values() for v in c.values()), default=3)
        for table in schema.sorted_tables:
            if table.name == BOOKKEEPING:
                continue
            made = [dict(_row(table, number, allowed[table.name])) for number in range(rows)]
            connection.execute(table.insert(), made)


def choices(checks: list[Any]) -> dict[str, list[Any]]:
    """What each column may hold by the table's checks."""
    found: dict[str, list[Any]] = {}
    for check in checks:
        text = " ".join(check["sqltext"].split())
        if words := _WORDS.match(text):
            found[words["column"]] = re.findall(r"'([^']*)'", words["words"])
        elif span := _SPAN.match(text):
            found[span["column"]] = [int(span["low"]), int(span["high"])]
        else:
            raise AssertionError(f"teach this file to fill a column under the check {text!r}")
    return found


def _row(table: Table, number: int, allowed: dict[str, list[Any]]) -> Iterator[tuple[str, Any]]:
    for place, column in enumerate(table.columns):
        key = next(iter(column.foreign_keys), None)
        if key is not None and key.column.table is table:
            yield column.name, number or None  # the row before: keys count from 1
        elif column.nullable and number % 2:
            yield column.name, None
        elif column.name in allowed:
            words = allowed[column.name]
            yield column.name, words[number % len(words)]
        elif key is not None:
            yield column.name, _value(key.column, number, 0)
        else:
            yield column.name, _value(column, number, place)


def _value(column: Column[Any], number: int, place: int) -> Any:
    """The value of a column in the table's row of that number; no two rows have the same."""
    kind = column.type
    if column.primary_key and isinstance(kind, types.Integer):
        # one row is there from the beginning in the log's head: see the first schema
        return number + (2 if column.table.name == "audit_head" else 1)
    if isinstance(kind, types.Boolean):
        return (number + place) % 2 == 0
    if isinstance(kind, types.Integer):
        return 2**31 - 1 - number - 100 * place
    if isinstance(kind, types.Float):
        return number + place + 1 / 3
    if isinstance(kind, types.DateTime):
        return datetime(2026, 2, 28, 23, 59, 59, 999_999) + timedelta(days=number, seconds=place)
    if isinstance(kind, types.Date):
        return date(2026, 2, 28) + timedelta(days=number)
    if isinstance(kind, types.JSON):
        return {"文": [TEXT, None, 1 / 3, 2**53 - number], "empty": {}, "place": place}
    if isinstance(kind, types.String):
        return _text(kind.length, number, place)
    raise AssertionError(f"teach this file to fill a column of type {kind!r}")


def _text(length: int | None, number: int, place: int) -> str:
    if length == 1:
        return "WPN"[number % 3]
    begin = f"{number:02}.{place:02} "
    whole = length or 2000
    return (begin + TEXT * (whole // len(TEXT) + 1))[:whole]


def contents(engine: Engine) -> dict[str, Contents]:
    """All that lies in all tables, as it is stored."""
    found: dict[str, Contents] = {}
    with engine.connect() as connection:
        seen = inspect(connection)
        for table in seen.get_table_names():
            if table == BOOKKEEPING:
                continue
            columns = tuple(c["name"] for c in seen.get_columns(table))
            keys = seen.get_pk_constraint(table)["constrained_columns"]
            asked = ", ".join(f'typeof("{c}"), "{c}"' for c in columns)
            rows: dict[tuple[Held, ...], dict[str, Held]] = {}
            for got in connection.exec_driver_sql(f'SELECT {asked} FROM "{table}"'):  # noqa: S608 - the schema's own names
                held = dict(zip(columns, zip(got[::2], got[1::2], strict=True), strict=True))
                rows[tuple(held[k] for k in keys)] = held
            found[table] = Contents(columns, rows)
    return found


def lost(
    before: dict[str, Contents], after: dict[str, Contents], meant: frozenset[str] = frozenset()
) -> list[str]:
    """What is not there any more, or is something else; ``meant`` names a table or table.column."""
    said: list[str] = []
    for table, had in before.items():
        if table in meant:
            continue
        if table not in after:
            said.append(f"table {table}")
            continue
        has = after[table]
        for column in had.columns:
            if column not in has.columns and f"{table}.{column}" not in meant:
                said.append(f"column {table}.{column}")
        shared = [c for c in had.columns if c in has.columns]
        for key, row in had.rows.items():
            if key not in has.rows:
                said.append(f"row {key} of {table}")
                continue
            said += [
                f"{table}.{c} of row {key}: {row[c]} became {has.rows[key][c]}"
                for c in shared
                if row[c] != has.rows[key][c]
            ]
        if len(has.rows) > len(had.rows):
            said.append(f"{len(has.rows) - len(had.rows)} rows more in {table}")
    return said


def made_of(engine: Engine) -> set[str]:
    """Tables with their columns and checks, indices and triggers, as one set to compare."""
    found: set[str] = set()
    with engine.connect() as connection:
        seen = inspect(connection)
        for table in seen.get_table_names():
            found |= {f"{table}.{c['name']} {c['type']} {c['nullable']}" for c in
                      seen.get_columns(table)}  # fmt: skip
            found |= {f"{table} check {c['sqltext']}" for c in seen.get_check_constraints(table)}
            found |= {f"{table} index {i['name']} {i['column_names']} {i['unique']}" for i in
                      seen.get_indexes(table)}  # fmt: skip
            found |= {f"{table} unique {u['column_names']}" for u in
                      seen.get_unique_constraints(table)}  # fmt: skip
            found |= {f"{table} to {f['referred_table']} {f['constrained_columns']} {f['options']}"
                      for f in seen.get_foreign_keys(table)}  # fmt: skip
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        found |= {f"trigger {name}: {sql}" for name, sql in triggers}
    return found
