"""What wraps Pasqal's responses: an object with the field `data`."""

from __future__ import annotations

from typing import Any

from anyqpu_raw._core import ApiModel

from anyqpu.core.reading import odd_response


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
