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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]
