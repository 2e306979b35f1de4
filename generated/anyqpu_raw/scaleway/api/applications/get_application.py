"""Get application information

Retrieve information about the provided **application ID**, such as name, type and compatible platforms.

`GET /qaas/v1alpha1/applications/{application_id}` (GetApplication).

Args:
    application_id: Unique ID of the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_response,
)
from ...models import application as _application
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.application import Application

OPERATION = OPERATIONS["get_application"]


def build_request(
    application_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/applications/{path_segment('application_id', application_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_application.Application),
}


def parse_response(response: Response) -> Application:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
