"""Rows straight from and to the database, for the few tables every act reads and writes.

An act is a handful of statements; the ORM's query building would cost more than all of them. Instances are
ordinary model instances. Values are adapted exactly as Django's own backends adapt them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState

__all__ = ["insert", "insert_returning", "make", "run", "select", "update", "upsert"]

M = TypeVar("M", bound=models.Model)
Cursor = CursorWrapper | sqlite3.Cursor
Convert = Callable[[Any], Any]


class _Layout(NamedTuple):
    """How a model's columns are named and converted on one kind of database."""

    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    reads: tuple[tuple[str, Convert], ...]
    writes: dict[str, Convert]
    column_of: dict[str, str]
    table: str


def _dump(value: Any) -> str | None:
    if value in ([], {}):
        return "[]" if isinstance(value, list) else "{}"
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _load(value: Any) -> Any:
    if value in ("[]", "{}"):
        return [] if value == "[]" else {}
    return json.loads(value) if isinstance(value, str | bytes) else value


def _from_text(value: Any) -> Any:
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _to_text(value: datetime | None) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


@lru_cache(maxsize=1)
def _vendor() -> str:
    return str(connection.vendor)


@lru_cache(maxsize=64)
def _layout(model: type[models.Model], vendor: str) -> _Layout:
    fields = [f for f in model._meta.concrete_fields if f.column is not None]
    reads: list[tuple[str, Convert]] = []
    writes: dict[str, Convert] = {}
    for field in fields:
        if isinstance(field, models.JSONField):
            reads.append((field.attname, _load))
            writes[field.attname] = _dump
        elif isinstance(field, models.DateTimeField):
            reads.append((field.attname, _from_text))
            if vendor == "sqlite":
                writes[field.attname] = _to_text
        elif isinstance(field, models.BinaryField):
            reads.append((field.attname, _bytes))
    return _Layout(
        tuple(str(f.column) for f in fields),
        tuple(f.attname for f in fields),
        tuple(reads),
        writes,
        {f.attname: str(f.column) for f in fields},
        model._meta.db_table,
    )


_kept = threading.local()


def run(sql: str, params: Sequence[Any] = ()) -> Cursor:
    """Execute one statement on a cursor kept for as long as the connection lives; read its rows at once."""
    here: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    if here.connection is None or getattr(_kept, "of", None) is not here.connection:
        here.ensure_connection()
        _kept.of, _kept.cursor = here.connection, here.cursor()
    cursor: CursorWrapper = _kept.cursor
    if _vendor() != "sqlite" or here.force_debug_cursor:
        counted = here.cursor() if here.force_debug_cursor else cursor
        counted.execute(sql, params)
        return counted
    # Straight to the driver: Django rewrites the text of every statement on its way there.
    with here.wrap_database_errors:
        driver: sqlite3.Cursor = cursor.cursor
        return sqlite3.Cursor.execute(driver, _marked(sql), params)


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    return sql.replace("%s", "?")


def make(model: type[M], **values: Any) -> M:
    """A new instance with these attributes and the fields' defaults, without the cost of the ORM's own."""
    made = model.__new__(model)
    made.__dict__.update(_blank(model))
    for name, default in _made(model):
        made.__dict__[name] = default()
    made.__dict__.update(values)
    made._state = ModelState()
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
    layout = _layout(model, _vendor())
    columns = ", ".join(f"{layout.table}.{name}" for name in layout.columns)
    # The text is put together from names of columns in the code; what people give goes as parameters.
    sql = f"SELECT {columns} FROM {layout.table} {tail.replace('{t}', layout.table)}"  # noqa: S608
    return [_instance(model, layout, row) for row in run(sql, _moments(params)).fetchall()]


def _moments(params: Sequence[Any]) -> list[Any]:
    if _vendor() != "sqlite":
        return list(params)
    return [_to_text(p) if isinstance(p, datetime) else p for p in params]


def _instance(model: type[M], layout: _Layout, row: Sequence[Any]) -> M:
    values = dict(zip(layout.attributes, row, strict=True))
    for name, convert in layout.reads:
        values[name] = convert(values[name])
    made = model.__new__(model)
    state = ModelState()
    state.adding = False
    state.db = DEFAULT_DB_ALIAS
    made.__dict__.update(values)
    made._state = state
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
    layout = _layout(type(rows[0]), _vendor())
    skip = "id" if rows[0].__dict__.get("id") is None and "id" in layout.attributes else None
    names = tuple(a for a in layout.attributes if a != skip)
    sql = _insert_sql(type(rows[0]), _vendor(), skip, len(rows))
    params: list[Any] = []
    for row in rows:
        held = row.__dict__
        for name in names:
            value, convert = held[name], layout.writes.get(name)
            params.append(convert(value) if convert else value)
    return sql, params


@lru_cache(maxsize=512)
def _insert_sql(model: type[models.Model], vendor: str, skip: str | None, count: int) -> str:
    layout = _layout(model, vendor)
    names = [layout.column_of[a] for a in layout.attributes if a != skip]
    row = f"({', '.join(['%s'] * len(names))})"
    return f"INSERT INTO {layout.table} ({', '.join(names)}) VALUES {', '.join([row] * count)}"  # noqa: S608


def update(instance: models.Model, attributes: Sequence[str]) -> None:
    """Write the named attributes of one row."""
    layout = _layout(type(instance), _vendor())
    held = instance.__dict__
    params: list[Any] = []
    for name in attributes:
        convert = layout.writes.get(name)
        params.append(convert(held[name]) if convert else held[name])
    sets = ", ".join(f"{layout.column_of[name]} = %s" for name in attributes)
    pk = instance._meta.pk
    sql = f"UPDATE {layout.table} SET {sets} WHERE {pk.column} = %s"  # noqa: S608
    run(sql, [*params, held[pk.attname]])
