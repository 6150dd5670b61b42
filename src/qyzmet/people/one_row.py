"""One row by one column, for what every page asks: whose session this is, and whose account.

Django puts a query together anew each time, which costs many times what answering it does. Here it is put
together once; the values are converted by Django's own converters.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, models

__all__ = ["OneRow"]

M = TypeVar("M", bound=models.Model)


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return next(each for each in model._meta.concrete_fields if each.name == name)


class _Query(NamedTuple):
    sql: str
    names: list[str]
    converters: list[tuple[int, Any, Any]]


class OneRow(Generic[M]):
    """The row of a model whose `column`, a unique one, has a value."""

    def __init__(self, model: type[M], column: str) -> None:
        self.model, self.column = model, column

    def get(self, value: Any) -> M | None:
        """That row, or None; a value no such column can have is of no row."""
        try:
            asked = _field(self.model, self.column).get_prep_value(value)
        except (TypeError, ValueError):
            return None
        with connection.cursor() as cursor:
            cursor.execute(self._query.sql, [asked])
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        for place, convert, expression in self._query.converters:
            values[place] = convert(values[place], expression, connection)
        return self.model.from_db(connection.alias, self._query.names, values)

    @cached_property
    def _query(self) -> _Query:
        compiler = self.model._base_manager.filter(**{self.column: 0}).query.get_compiler(connection.alias)
        sql, _ = compiler.as_sql()
        columns = [expression for expression, _, _ in compiler.select]
        found = compiler.get_converters(columns)
        converters = [(place, each, column) for place, (some, column) in found.items() for each in some]
        return _Query(sql, [column.target.attname for column in columns], converters)
