"""Get the outcome of each shot of a job

Outcomes as hexadecimal numbers, in the bit order of the normalized counts. 204 where there is no outcome of
single shots; 404 before the job has ended.

`GET /jobs/{id}/result/normalized/memory` (getNormalizedJobMemory).

Args:
    id: Identifier of the job.
    x_organization_id: Organization that the request is made for; without it, your own account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    header_values,
    path_segment,
    read_response,
)
from ...models import normalized_memory_result as _normalized_memory_result
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.normalized_memory_result import NormalizedMemoryResult

OPERATION = OPERATIONS["get_normalized_job_memory"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/jobs/{path_segment('id', id)}/result/normalized/memory",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_normalized_memory_result.NormalizedMemoryResult),
    204: EMPTY,
}


def parse_response(response: Response) -> NormalizedMemoryResult | None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
