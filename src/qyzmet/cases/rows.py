"""Rows straight from and to the database, for the few tables every act reads and writes.

An act is a handful of statements; the ORM's query building would cost more than all of them. Instances are
ordinary model instances. Values are adapted exactly as Django's own backends adapt them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

__all__ = ["insert", "insert_returning", "select", "update", "upsert"]

M = TypeVar("M", bound=models.Model)
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
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _load(value: Any) -> Any:
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


def select(model: type[M], tail: str, params: Sequence[Any]) -> list[M]:
    """Instances of the rows that `tail` (WHERE, ORDER BY, FOR UPDATE) picks; `{t}` in it is the table."""
    layout = _layout(model, connection.vendor)
    columns = ", ".join(f"{layout.table}.{name}" for name in layout.columns)
    # The text is put together from names of columns in the code; what people give goes as parameters.
    sql = f"SELECT {columns} FROM {layout.table} {tail.replace('{t}', layout.table)}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, _moments(params))
        return [_instance(model, layout, row) for row in cursor.fetchall()]


def _moments(params: Sequence[Any]) -> list[Any]:
    if connection.vendor != "sqlite":
        return list(params)
    return [_to_text(p) if isinstance(p, datetime) else p for p in params]


def _instance(model: type[M], layout: _Layout, row: Sequence[Any]) -> M:
    values = dict(zip(layout.attributes, row, strict=True))
    for name, convert in layout.reads:
        values[name] = convert(values[name])
    made = model.__new__(model)
    state = ModelState()
    state.adding = False
    state.db = connection.alias
    made.__dict__.update(values)
    made._state = state
    return made


def insert(instances: Iterable[models.Model]) -> None:
    """Insert instances of one model by one statement; the primary key is left to the database if not set."""
    rows = list(instances)
    if rows:
        sql, params = _insert(rows)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)


def insert_returning(instances: Iterable[models.Model]) -> None:
    """Insert as `insert` does, and set the primary keys the database gave."""
    rows = list(instances)
    if not rows:
        return
    sql, params = _insert(rows)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {rows[0]._meta.pk.column}", params)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def upsert(instances: Iterable[models.Model], key: str) -> None:
    """Insert, or where the row with this `key` column is there, replace its other columns."""
    rows = list(instances)
    if not rows:
        return
    sql, params = _insert(rows)
    others = [c for c in _layout(type(rows[0]), connection.vendor).columns if c not in (key, "id")]
    sets = ", ".join(f"{name} = excluded.{name}" for name in others)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ON CONFLICT ({key}) DO UPDATE SET {sets}", params)


def _insert(rows: list[models.Model]) -> tuple[str, list[Any]]:
    layout = _layout(type(rows[0]), connection.vendor)
    skip = "id" if rows[0].__dict__.get("id") is None and "id" in layout.attributes else None
    names = tuple(a for a in layout.attributes if a != skip)
    sql = _insert_sql(type(rows[0]), connection.vendor, skip, len(rows))
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
    layout = _layout(type(instance), connection.vendor)
    held = instance.__dict__
    params: list[Any] = []
    for name in attributes:
        convert = layout.writes.get(name)
        params.append(convert(held[name]) if convert else held[name])
    sets = ", ".join(f"{layout.column_of[name]} = %s" for name in attributes)
    pk = instance._meta.pk
    sql = f"UPDATE {layout.table} SET {sets} WHERE {pk.column} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, held[pk.attname]])
