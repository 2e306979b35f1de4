"""Cancel a running process

Cancel a process by its unique ID. Intermediate results are still available.

`POST /qaas/v1alpha1/processes/{process_id}/cancel` (CancelProcess).

Args:
    process_id: Unique ID of the process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    json_content,
    path_segment,
    read_response,
)
from ...models import process as _process
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.process import Process

OPERATION = OPERATIONS["cancel_process"]


def build_request(
    process_id: str,
    *,
    body: dict[str, Any] | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}/cancel",
        headers=({"Content-Type": "application/json"} if body is not UNSET else {}),
        content=json_content(body) if body is not UNSET else None,
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_process.Process),
}


def parse_response(response: Response) -> Process:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
