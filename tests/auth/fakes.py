"""A token endpoint with scripted responses, and a clock that a test sets."""

from __future__ import annotations

import base64
import json
import os
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio

import anyqpu
from anyqpu.config.settings import Setting, Settings
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import Token

Response = HttpResponse | Exception | Callable[[], Awaitable[HttpResponse]]
NOW = 1_800_000_000.0
PACKAGE = str(Path(anyqpu.__file__).parent) + os.sep


@dataclass
class Clock:
    """Seconds since the epoch."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


def response(body: Any = None, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpResponse(status, headers or {}, content)


def granted(access: str = "access-1", **fields: Any) -> HttpResponse:
    return response({"access_token": access, "token_type": "Bearer", **fields})


def refused(code: str = "invalid_grant", status: int = 400, **fields: Any) -> HttpResponse:
    return response({"error": code, **fields}, status)


@dataclass(repr=False)
class Server:
    """Both `post` and `get` of the interfaces. The last response is given again."""

    responses: list[Response] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    basics: list[tuple[str, str] | None] = field(default_factory=list)
    discovery: HttpResponse = field(default_factory=lambda: response({}, 404))
    gets: list[str] = field(default_factory=list)

    async def post(
        self, url: str, fields: Mapping[str, str], *, basic: tuple[str, Secret] | None = None
    ) -> HttpResponse:
        self.urls.append(url)
        self.forms.append(dict(fields))
        self.basics.append(basic and (basic[0], basic[1].reveal()))
        await anyio.lowlevel.checkpoint()
        scripted = self.responses[min(len(self.forms), len(self.responses)) - 1]
        if isinstance(scripted, Exception):
            raise scripted
        return scripted if isinstance(scripted, HttpResponse) else await scripted()

    async def get(self, url: str) -> HttpResponse:
        self.gets.append(url)
        await anyio.lowlevel.checkpoint()
        return self.discovery


@dataclass
class Source:
    """A source of tokens that counts; what it is to do comes from `plan`, then tokens without end."""

    plan: list[Exception | Token] = field(default_factory=list)
    calls: int = 0
    lives: float | None = 300.0
    clock: Callable[[], float] = field(default_factory=Clock)
    seen: list[Token | None] = field(default_factory=list)
    hold: anyio.Event | None = None
    started: anyio.Event | None = None

    async def fetch(self, previous: Token | None) -> Token:
        self.calls += 1
        self.seen.append(previous)
        number = self.calls
        if self.started is not None:
            self.started.set()
        if self.hold is not None:
            await self.hold.wait()
        await anyio.lowlevel.checkpoint()
        planned = self.plan.pop(0) if self.plan else None
        if isinstance(planned, Exception):
            raise planned
        return planned or token(f"token-{number}", None if self.lives is None else self.clock() + self.lives)


def token(access: str, expires_at: float | None = None, refresh: str | None = None) -> Token:
    return Token(Secret(access), expires_at=expires_at, refresh_token=Secret(refresh) if refresh else None)


def jwt(**claims: Any) -> str:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


def settings(provider: str, origin: str = "argument", **values: str) -> Settings:
    return Settings(provider, {name: Setting(value, f"{origin} {name}") for name, value in values.items()})


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def everything_shown(error: BaseException) -> str:
    """All that a traceback can print, with the local variables of our own code."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [
        f"{frame.name}: {frame.locals}"
        for error_shown in _chain(shown)
        for frame in error_shown.stack
        if frame.filename.startswith(PACKAGE)
    ]
    return "\n".join([*frames, str(error), repr(error), repr(error.__dict__)])


def _chain(shown: traceback.TracebackException) -> list[traceback.TracebackException]:
    shown_errors = [shown]
    for cause in (shown.__cause__, shown.__context__):
        if cause is not None:
            shown_errors += _chain(cause)
    return shown_errors
