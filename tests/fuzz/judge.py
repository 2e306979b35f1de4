"""What a call may end in: a value that can be shown, pickled and written as JSON, or an error of the tree.

`check_value` uses a value in every way that a program, a notebook, a log or the command line does; `check_error` looks
for secrets in an error.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import traceback
from collections.abc import Mapping
from datetime import date
from types import FrameType
from typing import Any

from anyqpu_raw._core import ApiModel

from anyqpu.errors import AnyQPUError
from anyqpu.model.batch import Batch, BatchResults
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.counts import Counts
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.reservation import Reservation
from anyqpu.model.result import Result
from anyqpu.model.serialize import Serializable
from anyqpu.model.session import Session
from anyqpu.providers.rigetti.records import Engagement
from anyqpu_cli.tables import table
from tests.fuzz.odd import PLANTED, SIGNATURE
from tests.fuzz.shapes import misfit

MOST_ELEMENTS = 40
LARGE = 1_000_000


class UnsafeError(Exception):
    """A value or an error that holds what it must not, or cannot be used."""

    def __init__(self, problem: str, cause: BaseException | None = None, *, detail: str = "") -> None:
        super().__init__(f"{problem}{detail}")
        self.problem = problem
        self.cause = cause


def check_value(value: Any, *, echoed: bool = False) -> None:
    """Use a value as callers do; whatever this raises is a finding, unless it is an error of the tree.

    `echoed`: the server wrote the client's credential into a response, so that it may be in a value.
    """
    if isinstance(value, list | tuple):
        for element in value[:MOST_ELEMENTS]:
            check_value(element, echoed=echoed)
        return
    text = repr(value)
    if type(value).__str__ is not object.__str__:
        text += str(value)
    if PLANTED in text and not echoed:
        raise UnsafeError(f"a credential in the text form of {type(value).__name__}")
    _pickled(value)
    if isinstance(value, Serializable | Counts):
        json.dumps(value.to_dict(), allow_nan=False)
    if isinstance(value, ApiModel):
        json.dumps(value.to_dict())
    elif isinstance(value, Job | Device | Session | Reservation | Batch | Calibration | Result):
        _check_model(value)
    elif isinstance(value, Counts | Topology):
        _check_properties(value)
    elif isinstance(value, BatchResults):
        for id in list(value)[:MOST_ELEMENTS]:
            check_value(value[id], echoed=echoed)
        for error in value.failures.values():
            check_error(error)
    elif isinstance(value, Mapping):
        json.dumps(dict(value), default=repr)


def _check_model(value: Any) -> None:
    raw = getattr(value, "raw", None)
    if isinstance(raw, ApiModel):
        json.dumps(raw.to_dict())
    _check_properties(value)
    _ = value == copy.copy(value)
    if isinstance(value, Job):
        table(["id", "status", "name"], [[value.id, value.status, value.name]])
    check_fields(value)


def check_fields(value: Any) -> None:
    """Raise `UnsafeError` for a field that is not of its documented type."""
    problem = misfit(value)
    if problem is not None:
        raise UnsafeError(problem[0], detail=problem[1])


def _check_properties(value: Any) -> None:
    for name, member in vars(type(value)).items():
        if isinstance(member, property) and not name.startswith("_"):
            try:
                field = getattr(value, name)
            except AnyQPUError:
                continue
            if not isinstance(field, date | str | int | float | None):
                repr(field)
    notebook = getattr(value, "_repr_html_", None)
    if notebook is not None:
        notebook()


def _pickled(value: Any) -> None:
    if isinstance(value, str | bytes | int | float | None | Engagement):
        return  # a grant holds a `Secret`, which refuses to travel
    again = pickle.loads(pickle.dumps(value))
    if dataclasses.is_dataclass(value):
        repr(again)


def check_error(error: AnyQPUError, *, signatures: bool = True, credentials: bool = True) -> None:
    """Raise `UnsafeError` for an error that shows a secret, or cannot be shown or pickled.

    `signatures`: also for those of links in responses; what the caller wrote may be shown to the caller.
    """
    shown = f"{error} {error!r} {error.args!r} {error.hint}"
    hidden = ((PLANTED,) if credentials else ()) + ((SIGNATURE,) if signatures else ())
    for secret in hidden:
        if secret in shown:
            raise UnsafeError(f"a secret in the text of {type(error).__name__}", error)
    if not all(char.isprintable() or char == "\n" for char in str(error)):
        raise UnsafeError(f"control characters in the text of {type(error).__name__}", error)
    pickle.loads(pickle.dumps(error))


def check_traceback(error: BaseException) -> None:
    """Raise `UnsafeError` if the local variables of a traceback show a credential, as error trackers show them."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        for frame, _ in traceback.walk_tb(link.__traceback__):
            # What the caller holds is the caller's own, and here the fuzzing calls.
            if "/tests/fuzz/" not in frame.f_code.co_filename:
                _check_frame(frame, error)
        link = link.__cause__ or link.__context__


def _is_large(value: Any) -> bool:
    """Whether showing a value takes its time: a body, or the pieces of one."""
    parts = value[:10_000] if isinstance(value, list | tuple) else [value]
    return sum(len(part) for part in parts if isinstance(part, str | bytes | bytearray)) > LARGE


def _check_frame(frame: FrameType, error: BaseException) -> None:
    ours = "/anyqpu" in frame.f_code.co_filename
    for name, value in list(frame.f_locals.items()):
        if _is_large(value):
            continue
        try:
            text = repr(value)
        except Exception:
            # Half made objects of the standard library cannot be shown.
            if not ours or not type(value).__module__.startswith("anyqpu"):
                continue
            raise
        if PLANTED in text:
            raise UnsafeError(f"a credential in the variable {name} of {frame.f_code.co_name}", error)
