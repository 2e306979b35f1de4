"""List Client Applications

List supported clients of Rigetti system components along with their latest and minimum supported versions.

`GET /v1/clientApplications` (ListClientApplications).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    read_response,
)
from ...models import list_client_applications_response as _list_client_applications_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_client_applications_response import ListClientApplicationsResponse

OPERATION = OPERATIONS["list_client_applications"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/clientApplications",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_client_applications_response.ListClientApplicationsResponse),
}


def parse_response(response: Response) -> ListClientApplicationsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
