"""Create a session

Create a new QPU session for the specified platform. Once ready, jobs can be sent to this session.

`POST /qaas/v1alpha1/sessions` (CreateSession).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_session_body import CreateSessionBody
    from ...models.session import Session

OPERATION = OPERATIONS["create_session"]


def build_request(
    *,
    body: CreateSessionBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/qaas/v1alpha1/sessions",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
