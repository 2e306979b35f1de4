"""ListSessionAcls

`GET /qaas/v1alpha1/sessions/{session_id}/acls` (ListSessionAcls).
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
    path_segment,
    query_pairs,
    read_response,
)
from ...models import list_session_acls_response as _list_session_acls_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_session_acls_request_order_by import ListSessionAclsRequestOrderBy
    from ...models.list_session_acls_response import ListSessionAclsResponse

OPERATION = OPERATIONS["list_session_acls"]


def build_request(
    session_id: str,
    *,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListSessionAclsRequestOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}/acls",
        query=query_pairs(
            (
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_session_acls_response.ListSessionAclsResponse),
}


def parse_response(response: Response) -> ListSessionAclsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
