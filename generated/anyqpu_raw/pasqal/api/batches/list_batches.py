"""Get All Batches

`GET /api/v1/batches` (list_batches); path confirmed-SDK.

Args:
    order_by_direction: An enumeration.
    id: Unique id for the batch
    id_starts_with: First characters of the batch id
    project_id: Owner project of the batch
    user_id: Owner user of the batch
    device_type: Device type enum
    status: Batch status type enum
    complete: Flag indicating whether the batch is waiting for extra jobs to be pushed
    open_: Flag indicating whether the batch is waiting for extra jobs to be pushed
    min_jobs: Minimum number of jobs in the batch
    max_jobs: Maximum number of jobs in the batch
    start_date: Time when the emulator or QPU indicated a batch was started
    end_date: Time when the emulator or QPU indicated a batch finished, failed or was cancelled
    queue_priority: Priority of the batch in the queue.
    tag: One tag of the batch
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
    query_pairs,
    read_error,
    read_response,
)
from ...models import batch_summary_page as _batch_summary_page, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.batch_status import BatchStatus
    from ...models.batch_summary_page import BatchSummaryPage
    from ...models.error_response import ErrorResponse
    from ...models.queue_priority import QueuePriority
    from ...models.sort_direction import SortDirection

OPERATION = OPERATIONS["list_batches"]


def build_request(
    *,
    order_by: str | None | Unset = UNSET,
    order_by_direction: SortDirection | str | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
    id: Sequence[str] | None | Unset = UNSET,
    id_starts_with: str | None | Unset = UNSET,
    project_id: Sequence[str] | None | Unset = UNSET,
    user_id: Sequence[str] | None | Unset = UNSET,
    device_type: Sequence[str] | None | Unset = UNSET,
    status: Sequence[BatchStatus | str] | None | Unset = UNSET,
    complete: bool | None | Unset = UNSET,
    open_: bool | None | Unset = UNSET,
    min_jobs: int | None | Unset = UNSET,
    max_jobs: int | None | Unset = UNSET,
    start_date: datetime | None | Unset = UNSET,
    end_date: datetime | None | Unset = UNSET,
    queue_priority: Sequence[QueuePriority | str] | None | Unset = UNSET,
    tag: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/batches",
        query=query_pairs(
            (
                ("order_by", order_by),
                ("order_by_direction", order_by_direction),
                ("limit", limit),
                ("offset", offset),
                ("id", id),
                ("id__starts_with", id_starts_with),
                ("project_id", project_id),
                ("user_id", user_id),
                ("device_type", device_type),
                ("status", status),
                ("complete", complete),
                ("open", open_),
                ("min_jobs", min_jobs),
                ("max_jobs", max_jobs),
                ("start_date", start_date),
                ("end_date", end_date),
                ("queue_priority", queue_priority),
                ("tag", tag),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_batch_summary_page.BatchSummaryPage),
}


def parse_response(response: Response) -> BatchSummaryPage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
