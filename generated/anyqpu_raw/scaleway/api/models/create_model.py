"""Create a new model

Create and register a new model that can be executed through next jobs. A model can also be assigned to a
Session.

`POST /qaas/v1alpha1/models` (CreateModel).
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
from ...models import model as _model
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_model_body import CreateModelBody
    from ...models.model import Model

OPERATION = OPERATIONS["create_model"]


def build_request(
    *,
    body: CreateModelBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/qaas/v1alpha1/models",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_model.Model),
}


def parse_response(response: Response) -> Model:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
