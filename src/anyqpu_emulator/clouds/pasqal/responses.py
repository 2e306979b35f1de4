"""Responses in JSend: success, and errors with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response, phrase_of


class RefusalError(ProblemError):
    """An error in the cloud's form; `description` is a text, or a list of what is wrong with the input."""

    def __init__(self, status: int, description: Any, *, headers: Mapping[str, str] | None = None) -> None:
        """The HTTP status says what kind of error it is."""
        super().__init__(status, str(description), headers=headers)
        self.description = description

    def response(self, path: str) -> Response:
        """Return the response; the path is not part of it."""
        body = {
            "status": "fail" if self.status < 500 else "error",
            "message": phrase_of(self.status),
            "code": str(self.status),
            "data": {"description": self.description},
        }
        return json_response(body, self.status, headers=self.headers)


def invalid(loc: Sequence[str | int], message: str, kind: str = "value_error") -> RefusalError:
    """Return a 422 for one field of the input."""
    return RefusalError(422, [{"loc": list(loc), "msg": message, "type": kind}])


def success(data: Any, **more: Any) -> Response:
    """Return a response with data."""
    return json_response({"status": "success", "message": "OK.", "code": "200", "data": data, **more})


def success_page(data: Sequence[Any], total: int, start: int) -> Response:
    """Return a page of a list; `end` is the offset of the next one."""
    end = start + len(data)
    response = success(data, pagination={"total": total, "start": start, "end": end})
    span = f"{start}-{end - 1}" if data else "*"
    response.headers["content-range"] = f"{span}/{total}"
    response.headers["access-control-expose-headers"] = "Content-Range"
    return response
