"""List all available applications

Retrieve information about all applications.

`GET /qaas/v1alpha1/applications` (ListApplications).

Args:
    name: List applications with this name.
    application_type: List applications with this type.
    page: Page number.
    page_size: Maximum number of applications a to return per page.
    order_by: Sort order of the returned applications.
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
    query_pairs,
    read_response,
)
from ...models import list_applications_response as _list_applications_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_applications_application_type import ListApplicationsApplicationType
    from ...models.list_applications_order_by import ListApplicationsOrderBy
    from ...models.list_applications_response import ListApplicationsResponse

OPERATION = OPERATIONS["list_applications"]


def build_request(
    *,
    name: str | None | Unset = UNSET,
    application_type: ListApplicationsApplicationType | str | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListApplicationsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/applications",
        query=query_pairs(
            (
                ("name", name),
                ("application_type", application_type),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_applications_response.ListApplicationsResponse),
}


def parse_response(response: Response) -> ListApplicationsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
