"""Pasqal's lists: pages that begin at a position."""

from __future__ import annotations

from typing import Protocol

from anyqpu_raw._core import Unset
from anyqpu_raw.pasqal.models import Pagination

from anyqpu.providers.values import given

# The most that the cloud gives at once.
PAGE_SIZE = 100


class AnyPage(Protocol):
    """A page of any list."""

    pagination: Pagination | Unset


def page_end(page: AnyPage) -> int | None:
    """The offset behind the last item of a page."""
    pagination = given(page.pagination)
    return given(pagination.end) if pagination else None


def page_total(page: AnyPage) -> int | None:
    """How many items there are in all."""
    pagination = given(page.pagination)
    return given(pagination.total) if pagination else None
