"""Ledgers in memory, in SQLite, and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import SERVER


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | None]:
    """The place of a new ledger."""
    if request.param == "memory":
        yield None
    elif request.param == "sqlite":
        yield str(tmp_path / "ledger.sqlite")
    else:
        with SERVER.schema() as url:
            yield url


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of an empty database."""
    with SERVER.schema() as url:
        yield url
