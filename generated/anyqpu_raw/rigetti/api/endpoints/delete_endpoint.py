"""Delete Endpoint

Delete an endpoint, releasing its resources. This operation is not reversible.

`DELETE /v1/endpoints/{endpointId}` (DeleteEndpoint).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_error,
    read_response,
)
from ...models import error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error

OPERATION = OPERATIONS["delete_endpoint"]


def build_request(
    endpoint_id: str,
) -> Request:
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "DELETE",
        f"/v1/endpoints/{path_segment('endpoint_id', endpoint_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: EMPTY,
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """The body of a documented error; None where it is another one or cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
