"""Create Engagement

Create a new engagement using the specified parameters.
At least one of the following parameters must be supplied:
- **endpointId**: The ID of the endpoint on which to engage.
- **quantumProcessorId**: The ID of the quantum processor on which to engage, allowing the
service to select a default endpoint. Ignored if **endpointId** is set.

`POST /v1/engagements` (CreateEngagement).

Args:
    x_qcs_account_id: Either the client's user ID or the name of a group on behalf of which the client wishes to
        engage. May be overriden by accountId set in body.
    x_qcs_account_type: Indicates whether the engagement request should be made for the user or on behalf of a
        group. May be overriden by accountType set in body.
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
    json_content,
    read_error,
    read_response,
)
from ...models import engagement_with_credentials as _engagement_with_credentials, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.account_type import AccountType
    from ...models.create_engagement_request import CreateEngagementRequest
    from ...models.engagement_with_credentials import EngagementWithCredentials
    from ...models.error import Error

OPERATION = OPERATIONS["create_engagement"]


def build_request(
    *,
    body: CreateEngagementRequest,
    x_qcs_account_id: str | None | Unset = UNSET,
    x_qcs_account_type: AccountType | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/engagements",
        headers=header_values(
            (
                ("x-qcs-account-id", x_qcs_account_id),
                ("x-qcs-account-type", x_qcs_account_type),
            )
        )
        | {"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_engagement_with_credentials.EngagementWithCredentials),
}


def parse_response(response: Response) -> EngagementWithCredentials:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    400: expect_object(_error.Error),
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
