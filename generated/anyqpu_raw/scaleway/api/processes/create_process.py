"""Create a process

Create a new process for the specified application on a specified platform.

`POST /qaas/v1alpha1/processes` (CreateProcess).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_response,
)
from ...models import process as _process
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_process_body import CreateProcessBody
    from ...models.process import Process

OPERATION = OPERATIONS["create_process"]


def build_request(
    *,
    body: CreateProcessBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/qaas/v1alpha1/processes",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_process.Process),
}


def parse_response(response: Response) -> Process:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
