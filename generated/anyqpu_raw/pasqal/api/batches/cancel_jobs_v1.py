"""Cancel Jobs

`PUT /api/v1/batches/{batch_id}/cancel/jobs` (cancel_jobs_v1), deprecated; path confirmed-SDK.

Args:
    id: Unique id for the job
    id_starts_with: First characters of the job id
    batch_id_query: Owner batch of the job
    project_id: Owner project of the job
    user_id: Owner user of the job
    status: Job status type enum
    min_runs: Minimum number of times the pulser sequence is repeated
    max_runs: Maximum number of times the pulser sequence is repeated
    errors: Whether errors werer returned when executing the job
    origin: Origin of the job
    start_date: Time when the emulator or QPU indicated a job was started
    end_date: Time when the emulator or QPU indicated a job finished, failed or was cancelled
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    path_segment,
    query_pairs,
    read_error,
    read_response,
)
from ...models import (
    error_response as _error_response,
    legacy_job_cancellation_response as _legacy_job_cancellation_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_origin import JobOrigin
    from ...models.job_status import JobStatus
    from ...models.legacy_job_cancellation_response import LegacyJobCancellationResponse

OPERATION = OPERATIONS["cancel_jobs_v1"]


def build_request(
    batch_id: str,
    *,
    id: Sequence[str] | None | Unset = UNSET,
    id_starts_with: str | None | Unset = UNSET,
    batch_id_query: Sequence[str] | None | Unset = UNSET,
    project_id: Sequence[str] | None | Unset = UNSET,
    user_id: Sequence[str] | None | Unset = UNSET,
    status: Sequence[JobStatus | str] | None | Unset = UNSET,
    min_runs: int | None | Unset = UNSET,
    max_runs: int | None | Unset = UNSET,
    errors: bool | None | Unset = UNSET,
    origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
    start_date: datetime | None | Unset = UNSET,
    end_date: datetime | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PUT",
        f"/api/v1/batches/{path_segment('batch_id', batch_id)}/cancel/jobs",
        query=query_pairs(
            (
                ("id", id),
                ("id__starts_with", id_starts_with),
                ("batch_id", batch_id_query),
                ("project_id", project_id),
                ("user_id", user_id),
                ("status", status),
                ("min_runs", min_runs),
                ("max_runs", max_runs),
                ("errors", errors),
                ("origin", origin),
                ("start_date", start_date),
                ("end_date", end_date),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_legacy_job_cancellation_response.LegacyJobCancellationResponse),
}


def parse_response(response: Response) -> LegacyJobCancellationResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
