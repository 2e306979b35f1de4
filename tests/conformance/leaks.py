"""Secrets of a run, and whether an error, its traceback or a log line shows one."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

CANARY = "canary"
"""Every secret of a run contains this word, and nothing else does."""
HERE = "/tests/conformance/"
SECRETS: dict[str, dict[str, str]] = {
    "scaleway": {"secret_key": "canary-scaleway-3f0c9d", "project_id": "22222222-2222-4222-8222-222222222222"},
    "kipu": {"token": "canary-kipu-3f0c9d"},
    "pasqal": {"token": "canary-pasqal-3f0c9d", "project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"},
    "rigetti": {"access_token": "canary-rigetti-3f0c9d"},
}
LOGINS: dict[str, dict[str, str]] = {
    "kipu": {"username": "u", "password": "canary-password-3f0c9d", "client_id": "c"},
    "pasqal": {
        "username": "u",
        "password": "canary-password-3f0c9d",
        "project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10",
    },
    "rigetti": {"client_id": "c", "client_secret": "canary-password-3f0c9d"},
}


class LogLines(logging.Handler):
    """The lines that the package and its HTTP libraries log during a call."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")
        if record.exc_info and record.exc_info[1] is not None:
            self.lines.append("".join(traceback.format_exception(record.exc_info[1])))


@contextmanager
def logged() -> Generator[LogLines]:
    """Collect what is logged while the block is open, however quietly."""
    handler = LogLines()
    loggers = [logging.getLogger(name) for name in ("anyqpu", "httpx", "httpcore", "asyncio")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


def in_error(error: BaseException) -> Iterator[str]:
    """Name the places of an error that show a secret; those of its causes and contexts too."""
    seen: set[int] = set()
    chain: list[BaseException | None] = [error]
    while chain:
        inner = chain.pop()
        if inner is None or id(inner) in seen:
            continue
        seen.add(id(inner))
        kind = type(inner).__name__
        texts = {"str": str(inner), "repr": repr(inner), "args": repr(inner.args)}
        texts["notes"] = repr(getattr(inner, "__notes__", None))
        texts |= {f"attribute {name}": repr(value) for name, value in vars(inner).items() if name != "__notes__"}
        yield from (f"{place} of {kind}" for place, text in texts.items() if CANARY in text)
        yield from (f"{place} in the traceback of {kind}" for place in _in_frames(inner))
        chain += [inner.__cause__, inner.__context__]
        if isinstance(inner, BaseExceptionGroup):
            chain += inner.exceptions


def _in_frames(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        frame: FrameType = trace.tb_frame
        name = frame.f_code.co_filename
        if HERE not in name:
            for variable, value in frame.f_locals.items():
                if CANARY in _shown(value):
                    yield f"local {variable} of {frame.f_code.co_name} ({name.rpartition('/src/')[2]})"
        trace = trace.tb_next


def _shown(value: Any) -> str:
    try:
        return repr(value)
    except Exception as error:
        return repr(error)
