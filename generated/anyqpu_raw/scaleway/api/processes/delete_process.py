"""Delete an existing process

Delete a process by its unique ID and delete all its data.

`DELETE /qaas/v1alpha1/processes/{process_id}` (DeleteProcess).

Args:
    process_id: Unique ID of the process.
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["delete_process"]


def build_request(
    process_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
