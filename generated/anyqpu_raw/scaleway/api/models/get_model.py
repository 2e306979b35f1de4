"""Get model information

Retrieve information about of the provided **model ID**.

`GET /qaas/v1alpha1/models/{model_id}` (GetModel).

Args:
    model_id: Unique ID of the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_response,
)
from ...models import model as _model
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.model import Model

OPERATION = OPERATIONS["get_model"]


def build_request(
    model_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/models/{path_segment('model_id', model_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_model.Model),
}


def parse_response(response: Response) -> Model:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
