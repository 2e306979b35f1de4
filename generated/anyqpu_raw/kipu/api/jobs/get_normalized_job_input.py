"""Get the programs of a job in OpenQASM

422 where the input cannot be written in OpenQASM.

`GET /jobs/{id}/input/normalized` (getNormalizedJobInput).

Args:
    id: Identifier of the job.
    x_organization_id: Organization that the request is made for; without it, your own account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
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
from ...models import normalized_job_input as _normalized_job_input
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.normalized_job_input import NormalizedJobInput

OPERATION = OPERATIONS["get_normalized_job_input"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/jobs/{path_segment('id', id)}/input/normalized",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_normalized_job_input.NormalizedJobInput),
}


def parse_response(response: Response) -> NormalizedJobInput:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
