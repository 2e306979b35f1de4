"""Get Total Job Device Frequency Statistics

Return a data structure detailing how many jobs have been scheduled within a certain scope of time for a
specific device.
Scope of time is limited to HOUR, DAY or MONTH and it returns based on total jobs inside a project.

`GET /api/v1/jobs/statistics/device-frequency` (get_job_device_frequency_statistics); path inferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, job_frequency_response as _job_frequency_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_frequency_response import JobFrequencyResponse

OPERATION = OPERATIONS["get_job_device_frequency_statistics"]


def build_request(
    *,
    project_id: str,
    scope: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/jobs/statistics/device-frequency",
        query=query_pairs(
            (
                ("project_id", project_id),
                ("scope", scope),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_frequency_response.JobFrequencyResponse),
}


def parse_response(response: Response) -> JobFrequencyResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
