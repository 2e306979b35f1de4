"""What wraps Pasqal's responses: `data`, and for lists the position of a page."""

from __future__ import annotations

from typing import Any, Protocol

from anyqpu_raw._core import ApiModel, Unset
from anyqpu_raw.pasqal.models import Pagination

from anyqpu.core.reading import odd_response
from anyqpu.core.sound import sound
from anyqpu.core.values import count

# The most items that the service returns at once.
PAGE_SIZE = 100


class AnyPage(Protocol):
    """A page of any list."""

    pagination: Pagination | Unset


def page_end(page: AnyPage) -> int | None:
    """Return the offset behind the last item of a page; None where the page does not tell."""
    pagination = _pagination(page)
    return None if pagination is None else count(pagination.end)


def page_total(page: AnyPage) -> int | None:
    """Return how many items there are in all; None where the page does not tell."""
    pagination = _pagination(page)
    return None if pagination is None else count(pagination.total)


def _pagination(page: AnyPage) -> Pagination | None:
    sent: Any = getattr(page, "pagination", None)
    return sound(sent) if isinstance(sent, Pagination) else None


def data_of(response: Any) -> Any:
    """Return what a response wraps, which may be anything; None for a response without a body."""
    return getattr(response, "data", None)


def elements(page: Any) -> Any:
    """Return the list that a response wraps, whose elements may be anything.

    Raises:
        UnexpectedResponseError: It is not a page, such as None for a success without a body.
    """
    if not isinstance(page, ApiModel):
        raise odd_response("pasqal", "a page of a list was expected")
    return data_of(page)
