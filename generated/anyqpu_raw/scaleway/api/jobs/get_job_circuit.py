"""Get a job circuit

Retrieve the circuit of the provided **job ID**.

`GET /qaas/v1alpha1/jobs/{job_id}/circuit` (GetJobCircuit).

Args:
    job_id: Unique ID of the job.
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
from ...models import job_circuit as _job_circuit
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.job_circuit import JobCircuit

OPERATION = OPERATIONS["get_job_circuit"]


def build_request(
    job_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}/circuit",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_circuit.JobCircuit),
}


def parse_response(response: Response) -> JobCircuit:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
