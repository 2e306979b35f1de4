"""List backends (public)

Get the list of backends based on the provided filters. This endpoint is publicly accessible; authenticated
callers receive full operational details, unauthenticated callers receive a reduced view.

`GET /backends` (getBackends).

Args:
    provider: Filter backends by quantum hardware provider. Accepts one of: AZURE, AWS, IBM, QRYD, QUDORA,
        QUANDELA, IQM (case-insensitive; hyphens are normalized to underscores). Omit to return backends from
        all providers.
    only_planqk_sdk: When true, return only backends that are usable via the qhub-quantum SDK (excludes backends
        that require direct-only access). Defaults to false — all backends are returned.
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    decode_model,
    expect_list,
    header_values,
    query_pairs,
    read_response,
)
from ...models import backend as _backend
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.backend import Backend

OPERATION = OPERATIONS["get_backends"]


def build_request(
    *,
    provider: str | None | Unset = UNSET,
    only_planqk_sdk: bool | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/backends",
        query=query_pairs(
            (
                ("provider", provider),
                ("onlyPlanqkSdk", only_planqk_sdk),
            )
        ),
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_list(lambda item: decode_model(item, _backend.Backend)),
}


def parse_response(response: Response) -> list[Backend]:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
