"""Both databases as the product opens them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from qyzmet.config.database import database

# Names SQLite gives to the numbers it answers with.
FULL = 2


def pragma(path: Path, name: str) -> object:
    connection = ConnectionHandler({"default": database(None, path)})["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        (value,) = cursor.fetchone()
    connection.close()
    return value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", FULL),
        ("busy_timeout", 20000),
        ("foreign_keys", 1),
        ("wal_autocheckpoint", 4000),
    ],
)
def test_sqlite_waits_for_others_and_syncs_each_commit(
    name: str, value: object, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        assert pragma(tmp_path, name) == value


def test_a_postgres_address_becomes_settings() -> None:
    found = database("postgres://clerk:p%40ss@db.example:6432/service?sslmode=require", Path())
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("clerk", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "service")
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["CONN_HEALTH_CHECKS"]


def test_a_postgres_socket_is_given_as_host() -> None:
    assert database("postgres:///service?host=/run/postgresql", Path())["HOST"] == "/run/postgresql"


def test_a_sqlite_address_names_its_file(tmp_path: Path) -> None:
    assert database(f"sqlite:///{tmp_path}/a.sqlite3", Path())["NAME"] == f"{tmp_path}/a.sqlite3"


def test_another_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL begins with 'mysql'"):
        database("mysql://host/name", Path())
