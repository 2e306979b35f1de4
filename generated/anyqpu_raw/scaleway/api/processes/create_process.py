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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
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
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]
