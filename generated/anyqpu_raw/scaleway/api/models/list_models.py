"""List all models attached to the **project ID**

Retrieve information about all models of the provided **project ID**.

`GET /qaas/v1alpha1/models` (ListModels).

Args:
    project_id: List models belonging to this project ID.
    page: Page number.
    page_size: Maximum number of results to return per page.
    order_by: Sort order of the returned results.
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
from ...models import list_models_response as _list_models_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_models_order_by import ListModelsOrderBy
    from ...models.list_models_response import ListModelsResponse

OPERATION = OPERATIONS["list_models"]


def build_request(
    *,
    project_id: str,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListModelsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/models",
        query=query_pairs(
            (
                ("project_id", project_id),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_models_response.ListModelsResponse),
}


def parse_response(response: Response) -> ListModelsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
