"""Get process information

Retrieve information about the provided **process ID**, such as name, status and progress.

`GET /qaas/v1alpha1/processes/{process_id}` (GetProcess).

Args:
    process_id: Unique ID of the process.
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
from ...models import process as _process
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.process import Process

OPERATION = OPERATIONS["get_process"]


def build_request(
    process_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_process.Process),
}


def parse_response(response: Response) -> Process:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
