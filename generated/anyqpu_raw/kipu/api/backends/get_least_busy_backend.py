"""Return the least busy backend for the given provider.

Returns the single backend with the lowest reported queue size for the requested provider. **Currently only IBM
is supported** — other providers do not yet report per-backend queue depth and will return 400 ("Provider X does
not support least-busy backend selection"). Returns 404 if no eligible operational IBM backends with known queue
information are available.

`GET /backends/least-busy` (getLeastBusyBackend).

Args:
    provider: Quantum provider. Matches the /backends provider parameter (case-insensitive, hyphens normalised
        to underscores). Only providers that report per-backend queue depth are eligible; currently this is IBM
        only — other values return 400.
    min_qubits: Optional lower bound on the backend's qubit count. Backends with fewer qubits are excluded from
        selection.
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
    expect_object,
    header_values,
    query_pairs,
    read_response,
)
from ...models import backend as _backend
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.backend import Backend

OPERATION = OPERATIONS["get_least_busy_backend"]


def build_request(
    *,
    provider: str,
    min_qubits: int | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/backends/least-busy",
        query=query_pairs(
            (
                ("provider", provider),
                ("minQubits", min_qubits),
            )
        ),
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_backend.Backend),
}


def parse_response(response: Response) -> Backend:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
