"""Get Batch Results Link

`GET /api/v1/batches/{batch_id}/results_link` (get_batch_results_links); path inferred-strong.

Args:
    id: Filter jobs by their unique ids
    start_date: Filter jobs that started on or after this date
    end_date: Filter jobs that ended on or before this date
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
from ...models import batch_results_links_response as _batch_results_links_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.batch_results_links_response import BatchResultsLinksResponse
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["get_batch_results_links"]


def build_request(
    batch_id: str,
    *,
    id: Sequence[str] | None | Unset = UNSET,
    start_date: datetime | None | Unset = UNSET,
    end_date: datetime | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/batches/{path_segment('batch_id', batch_id)}/results_link",
        query=query_pairs(
            (
                ("id", id),
                ("start_date", start_date),
                ("end_date", end_date),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_batch_results_links_response.BatchResultsLinksResponse),
}


def parse_response(response: Response) -> BatchResultsLinksResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
