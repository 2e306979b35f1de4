"""Errors that the client makes of a provider's responses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from anyqpu import errors
from anyqpu.providers.kipu.errors import read_failure as kipu
from anyqpu.providers.pasqal.errors import read_failure as pasqal
from anyqpu.providers.rigetti.errors import read_failure as rigetti
from anyqpu.providers.scaleway.errors import read_failure as scaleway
from anyqpu.transport.failures import ErrorParser, error_of
from anyqpu.transport.http import HttpResponse

READERS: Mapping[str, ErrorParser] = {"scaleway": scaleway, "kipu": kipu, "pasqal": pasqal, "rigetti": rigetti}


def error_for(
    cloud: str | None, status: int, body: Any = b"", *, headers: Mapping[str, str] | None = None, **more: Any
) -> errors.APIError:
    """Return the error for a body: bytes, or a value that is sent as JSON; without `cloud` by the common forms."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    # As bytes, since headers are not always ASCII.
    raw = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    response = HttpResponse(status, httpx.Headers(raw), content)
    return error_of(response, provider=cloud or "cloud", operation="getJob", read=READERS.get(cloud or ""), **more)
