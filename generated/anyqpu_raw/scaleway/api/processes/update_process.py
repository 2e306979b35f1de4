"""Update process information

Update process information of the provided **process ID**.

`PATCH /qaas/v1alpha1/processes/{process_id}` (UpdateProcess).

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
    json_content,
    path_segment,
    read_response,
)
from ...models import process as _process
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.process import Process
    from ...models.update_process_body import UpdateProcessBody

OPERATION = OPERATIONS["update_process"]


def build_request(
    process_id: str,
    *,
    body: UpdateProcessBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_process.Process),
}


def parse_response(response: Response) -> Process:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
