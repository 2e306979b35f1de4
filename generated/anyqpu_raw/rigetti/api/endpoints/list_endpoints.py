"""List Endpoints

List all endpoints, optionally filtering by attribute.

`GET /v1/endpoints` (ListEndpoints).

Args:
    filter_: Filtering logic specified using
        [rule-engine](https://zerosteiner.github.io/rule-engine/syntax.html) grammar
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error as _error, list_endpoints_response as _list_endpoints_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.list_endpoints_response import ListEndpointsResponse

OPERATION = OPERATIONS["list_endpoints"]


def build_request(
    *,
    filter_: str | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/endpoints",
        query=query_pairs(
            (
                ("filter", filter_),
                ("pageSize", page_size),
                ("pageToken", page_token),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_endpoints_response.ListEndpointsResponse),
}


def parse_response(response: Response) -> ListEndpointsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
