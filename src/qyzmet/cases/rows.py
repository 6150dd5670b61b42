"""Rows straight from and to the database, for the few tables every act reads and writes.

An act is a handful of statements; the ORM's query building would cost more than all of them. Instances are
ordinary model instances. Values are adapted exactly as Django's own backends adapt them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence, Sized
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState
from pydantic_core import from_json

__all__ = [
    "insert",
    "insert_returning",
    "insert_unless_there",
    "make",
    "marks",
    "moment",
    "moment_of",
    "run",
    "select",
    "update",
    "upsert",
]

M = TypeVar("M", bound=models.Model)
Cursor = CursorWrapper | sqlite3.Cursor
Convert = Callable[[Any], Any]


class _Layout(NamedTuple):
    """How a model's columns are named and converted on one kind of database; `reads` by their position."""

    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    reads: tuple[tuple[int, Convert], ...]
    writes: dict[str, Convert]
    column_of: dict[str, str]
    table: str


_EMPTY: dict[type, str] = {list: "[]", dict: "{}"}
_encoded = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _dump(value: Any) -> str | None:
    if value is None:
        return None
    kind = type(value)
    return _EMPTY[kind] if not value and kind in _EMPTY else _encoded(value)


def _load(value: Any) -> Any:
    if value in ("[]", "{}"):
        return [] if value == "[]" else {}
    return from_json(value) if isinstance(value, str | bytes) else value


def _from_text(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def _to_text(value: datetime | None) -> str | None:
    # Kept, because an act writes its own moment a dozen times.
    return None if value is None else value.astimezone(UTC).isoformat(" ")[:-6]


def marks(values: Sized) -> str:
    """The places of these values in a statement of `run` or `select`, as in `IN (…)`."""
    return ", ".join(["%s"] * len(values))


def moment(value: datetime) -> Any:
    """A moment as a parameter of `run`."""
    return _to_text(value) if _vendor() == "sqlite" else value


def moment_of(value: Any) -> datetime | None:
    """A moment as `run` reads it."""
    return None if value is None else _from_text(value)


@lru_cache(maxsize=1)
def _vendor() -> str:
    return str(connection.vendor)


@lru_cache(maxsize=64)
def _layout(model: type[models.Model], vendor: str) -> _Layout:
    fields = [f for f in model._meta.concrete_fields if f.column is not None]
    reads: list[tuple[int, Convert]] = []
    writes: dict[str, Convert] = {}
    for place, field in enumerate(fields):
        if isinstance(field, models.JSONField):
            reads.append((place, _load))
            writes[field.attname] = _dump
        elif isinstance(field, models.DateTimeField):
            reads.append((place, _from_text))
            if vendor == "sqlite":
                writes[field.attname] = _to_text
        elif isinstance(field, models.BinaryField) and vendor != "sqlite":
            reads.append((place, bytes))
    return _Layout(
        tuple(str(f.column) for f in fields),
        tuple(f.attname for f in fields),
        tuple(reads),
        writes,
        {f.attname: str(f.column) for f in fields},
        model._meta.db_table,
    )


class _Kept(threading.local):
    """A thread's connection and a cursor on it."""

    here: BaseDatabaseWrapper | None = None
    of: Any = None
    cursor: CursorWrapper


_kept = _Kept()


def run(sql: str, params: Sequence[Any] = ()) -> Cursor:
    """Execute one statement on a cursor kept for as long as the connection lives; read its rows at once."""
    here = _kept.here
    if here is None or here.connection is None or here.connection is not _kept.of:
        here = _keep()
    if here.vendor != "sqlite" or here.force_debug_cursor:
        counted = here.cursor() if here.force_debug_cursor else _kept.cursor
        counted.execute(sql, params)
        return counted
    # Straight to the driver: Django rewrites the text of every statement on its way there.
    driver: sqlite3.Cursor = _kept.cursor.cursor
    try:
        return sqlite3.Cursor.execute(driver, _marked(sql), params)
    except sqlite3.Error:
        with here.wrap_database_errors:
            raise


def _keep() -> BaseDatabaseWrapper:
    here: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    _kept.here, _kept.of, _kept.cursor = here, here.connection, here.cursor()
    return here


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    return sql.replace("%s", "?")


def make(model: type[M], **values: Any) -> M:
    """A new instance with these attributes and the fields' defaults, without the cost of the ORM's own."""
    made = model.__new__(model)
    held = made.__dict__
    held.update(_blank(model), **values)
    for name, default in _made(model):
        if name not in values:
            held[name] = default()
    held["_state"] = ModelState()
    return made


@lru_cache(maxsize=64)
def _blank(model: type[models.Model]) -> dict[str, Any]:
    """Defaults that can be shared."""
    fields = model._meta.concrete_fields
    made = {name for name, _ in _made(model)}
    return {f.attname: None if f.attname in made else f.get_default() for f in fields}


@lru_cache(maxsize=64)
def _made(model: type[models.Model]) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """Defaults made anew for each instance."""
    fields = model._meta.concrete_fields
    return tuple((f.attname, f.default) for f in fields if f.has_default() and callable(f.default))


def select(model: type[M], tail: str, params: Sequence[Any]) -> list[M]:
    """Instances of the rows that `tail` (WHERE, ORDER BY, FOR UPDATE) picks; `{t}` in it is the table."""
    vendor = _vendor()
    sql = _select_sql(model, vendor, tail)
    if vendor == "sqlite":
        params = [_to_text(p) if isinstance(p, datetime) else p for p in params]
    layout = _layout(model, vendor)
    return [_instance(model, layout, row) for row in run(sql, params).fetchall()]


@lru_cache(maxsize=512)
def _select_sql(model: type[models.Model], vendor: str, tail: str) -> str:
    layout = _layout(model, vendor)
    columns = ", ".join(f"{layout.table}.{name}" for name in layout.columns)
    # The text is put together from names of columns in the code; what people give goes as parameters.
    return f"SELECT {columns} FROM {layout.table} {tail.replace('{t}', layout.table)}"  # noqa: S608


def _instance(model: type[M], layout: _Layout, row: Sequence[Any]) -> M:
    values = list(row)
    for place, convert in layout.reads:
        if values[place] is not None:
            values[place] = convert(values[place])
    made = model.__new__(model)
    held = made.__dict__
    held.update(zip(layout.attributes, values, strict=True))
    state = held["_state"] = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return made


def insert(instances: Iterable[models.Model]) -> None:
    """Insert instances of one model by one statement; the primary key is left to the database if not set."""
    rows = list(instances)
    if rows:
        run(*_insert(rows))


def insert_returning(instances: Iterable[models.Model]) -> None:
    """Insert as `insert` does, and set the primary keys the database gave."""
    rows = list(instances)
    if not rows:
        return
    sql, params = _insert(rows)
    found = run(f"{sql} RETURNING {rows[0]._meta.pk.column}", params).fetchall()
    for row, (key,) in zip(rows, found, strict=True):
        row.pk = key


def insert_unless_there(row: models.Model, key: str) -> bool:
    """Insert a row and set its primary key, unless there is one with the same `key` columns; whether it was
    inserted."""
    sql, params = _insert([row])
    asked = f"{sql} ON CONFLICT ({key}) DO NOTHING RETURNING {row._meta.pk.column}"
    found = run(asked, params).fetchall()
    if found:
        row.pk = found[0][0]
    return bool(found)


def upsert(instances: Iterable[models.Model], key: str) -> None:
    """Insert, or where the row with this `key` column is there, replace its other columns."""
    rows = list(instances)
    if not rows:
        return
    sql, params = _insert(rows)
    others = [c for c in _layout(type(rows[0]), _vendor()).columns if c not in (key, "id")]
    sets = ", ".join(f"{name} = excluded.{name}" for name in others)
    run(f"{sql} ON CONFLICT ({key}) DO UPDATE SET {sets}", params)


def _insert(rows: list[models.Model]) -> tuple[str, list[Any]]:
    model, vendor = type(rows[0]), _vendor()
    skip = "id" if rows[0].__dict__.get("id", "") is None else None
    names, converts = _written(model, vendor, skip)
    params: list[Any] = []
    for row in rows:
        values = list(names(row.__dict__))
        for place, convert in converts:
            values[place] = convert(values[place])
        params += values
    return _insert_sql(model, vendor, skip, len(rows)), params


@lru_cache(maxsize=128)
def _written(
    model: type[models.Model], vendor: str, skip: str | None
) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[int, Convert]]]:
    """What takes a row's values from its attributes, and how each place is converted."""
    layout = _layout(model, vendor)
    names = [a for a in layout.attributes if a != skip]
    return itemgetter(*names), [(i, layout.writes[a]) for i, a in enumerate(names) if a in layout.writes]


@lru_cache(maxsize=512)
def _insert_sql(model: type[models.Model], vendor: str, skip: str | None, count: int) -> str:
    layout = _layout(model, vendor)
    names = [layout.column_of[a] for a in layout.attributes if a != skip]
    row = f"({marks(names)})"
    return f"INSERT INTO {layout.table} ({', '.join(names)}) VALUES {', '.join([row] * count)}"  # noqa: S608


def update(instance: models.Model, attributes: Sequence[str]) -> None:
    """Write the named attributes of one row."""
    model, vendor, held = type(instance), _vendor(), instance.__dict__
    writes = _layout(model, vendor).writes
    params = [writes[name](held[name]) if name in writes else held[name] for name in attributes]
    run(_update_sql(model, vendor, tuple(attributes)), [*params, held[instance._meta.pk.attname]])


@lru_cache(maxsize=512)
def _update_sql(model: type[models.Model], vendor: str, attributes: tuple[str, ...]) -> str:
    layout = _layout(model, vendor)
    sets = ", ".join(f"{layout.column_of[name]} = %s" for name in attributes)
    return f"UPDATE {layout.table} SET {sets} WHERE {model._meta.pk.column} = %s"  # noqa: S608
