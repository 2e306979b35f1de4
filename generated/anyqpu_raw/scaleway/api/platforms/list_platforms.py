"""List all available platforms

Retrieve information about all platforms.

`GET /qaas/v1alpha1/platforms` (ListPlatforms).

Args:
    provider_name: List platforms with this provider name.
    backend_name: List platforms with this backend name.
    name: List platforms with this name.
    platform_type: List platforms with this type.
    platform_technology: List platforms with this technology.
    page: Page number.
    page_size: Maximum number of platforms to return per page.
    order_by: Sort order of the returned platforms.
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
from ...models import list_platforms_response as _list_platforms_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_platforms_order_by import ListPlatformsOrderBy
    from ...models.list_platforms_platform_technology import ListPlatformsPlatformTechnology
    from ...models.list_platforms_platform_type import ListPlatformsPlatformType
    from ...models.list_platforms_response import ListPlatformsResponse

OPERATION = OPERATIONS["list_platforms"]


def build_request(
    *,
    provider_name: str | None | Unset = UNSET,
    backend_name: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    platform_type: ListPlatformsPlatformType | str | None | Unset = UNSET,
    platform_technology: ListPlatformsPlatformTechnology | str | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListPlatformsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/platforms",
        query=query_pairs(
            (
                ("provider_name", provider_name),
                ("backend_name", backend_name),
                ("name", name),
                ("platform_type", platform_type),
                ("platform_technology", platform_technology),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_platforms_response.ListPlatformsResponse),
}


def parse_response(response: Response) -> ListPlatformsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
