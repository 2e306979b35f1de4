"""What can go wrong on demand: one fault, checked when it is made, and how faults are read from files."""

from __future__ import annotations

import difflib
import json
import math
import tomllib
from dataclasses import dataclass, fields
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal, cast

from . import operations
from .clock import MOST_SECONDS
from .shapes import is_list, is_object

BODIES = ("truncated", "html", "empty", "garbage")
UNKNOWN_STATUS = "BEWILDERED"
"""What `unknown_status = true` puts in place of a status: no document has it."""
MOST_DELAY = 3600.0
EFFECTS = ("status", "delay", "drop", "body", "text", "unknown_status", "stuck", "late", "clock", "rate_limit")
"""At least one of these makes a fault."""


class FaultError(ValueError):
    """A fault that makes no sense; the message says where, what, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong with some requests. At least one effect is needed; several may be combined.

    Whom it hits:
        cloud: `scaleway`, `kipu`, `pasqal` or `rigetti`; None is any.
        operation: An operationId in any spelling, `token`, `download`, `METHOD /path` with `*` in it, or `*`.
        after: So many matching requests pass first.
        count: It fires so often and is spent then; None is without end.
        probability: Of the rest, this part is hit; which ones repeats with the emulator's seed.

    What it does:
        status: The answer has this status, with the body that the cloud itself would send, or `text`, or `body`.
        message: What that body says.
        retry_after: Seconds, in a `Retry-After` header.
        when: Whether `status` and `delay` come `before` the request is handled (with `status` it never is) or `after`.
        delay: Seconds of real time.
        drop: The connection closes without an answer, `before` or `after` the request was handled.
        body: The answer is `truncated`, an `html` page, `empty` or `garbage`.
        text: The answer's body is this.
        unknown_status: The statuses in the answer become this word; True for one that no document has.
        stuck: Jobs that the request makes stay `queued` (or True) or `running`.
        late: Results of such jobs are there so many seconds after the job is over.
        clock: The emulator's clock jumps by so many seconds before the request is handled.
        rate_limit: (n, seconds): more than n requests in so many seconds of the emulator's clock get a 429 with
            `Retry-After`; all get `X-RateLimit` headers.
    """

    cloud: str | None = None
    operation: str = "*"
    after: int = 0
    count: int | None = None
    probability: float = 1.0
    status: int | None = None
    message: str | None = None
    retry_after: float | None = None
    when: Literal["before", "after"] = "before"
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None
    body: Literal["truncated", "html", "empty", "garbage"] | None = None
    text: str | None = None
    unknown_status: str | bool = False
    stuck: Literal["queued", "running"] | bool = False
    late: float = 0.0
    clock: float = 0.0
    rate_limit: tuple[int, float] | None = None

    def __post_init__(self) -> None:
        """Check every field; raises FaultError."""
        if self.cloud is not None:
            _one_of("cloud", self.cloud, operations.CLOUDS)
        _text("operation", self.operation)
        if wrong := operations.problem(self.operation, self.cloud):
            raise FaultError(f"operation: {wrong}")
        _whole("after", self.after, 0)
        if self.count is not None:
            _whole("count", self.count, 1)
        _number("probability", self.probability, 1.0)
        known = [each.value for each in HTTPStatus if each >= 200]
        if self.status is not None and (not isinstance(self.status, int) or self.status not in known):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise FaultError(f"status: should be an HTTP status of 200 or more, like 503, not {self.status!r}")
        for name in ("message", "text"):
            if getattr(self, name) is not None:
                _text(name, getattr(self, name))
        if self.retry_after is not None:
            _number("retry_after", self.retry_after, MOST_DELAY * 24)
        _one_of("when", self.when, ("before", "after"))
        _number("delay", self.delay, MOST_DELAY)
        if self.drop is not None:
            _one_of("drop", self.drop, ("before", "after"))
        if self.body is not None:
            _one_of("body", self.body, BODIES)
        if not isinstance(self.unknown_status, bool):
            _text("unknown_status", self.unknown_status)
        if not isinstance(self.stuck, bool):
            _one_of("stuck", self.stuck, ("queued", "running"))
        _number("late", self.late, MOST_SECONDS)
        _number("clock", self.clock, MOST_SECONDS)
        self._check_rate()
        self._check_whole()

    def _check_rate(self) -> None:
        value: Any = self.rate_limit
        if value is None:
            return
        if not isinstance(value, tuple | list) or len(cast("list[Any]", value)) != 2:
            raise FaultError(f"rate_limit: should be [requests, seconds], like [10, 1], not {value!r}")
        requests, seconds = cast("list[Any]", value)
        _whole("rate_limit[0]", requests, 1)
        _number("rate_limit[1]", seconds, MOST_DELAY * 24)
        if seconds == 0:
            raise FaultError("rate_limit[1]: should be more than 0 seconds")
        object.__setattr__(self, "rate_limit", (requests, seconds))

    def _check_whole(self) -> None:
        if not any(getattr(self, name) for name in EFFECTS) and self.text is None:
            raise FaultError(f"it has no effect; give at least one of {', '.join(EFFECTS)}")
        given = [name for name in EFFECTS if getattr(self, name)]
        for group in (("stuck", "late"), ("rate_limit",)):
            if set(given) & set(group) and not set(given) <= set(group):
                other = next(name for name in given if name not in group)
                raise FaultError(f"{other}: cannot be in one fault with {group[0]}; make two faults")
        answer = [name for name in ("status", "body", "text", "unknown_status") if getattr(self, name)]
        if self.drop and answer:
            raise FaultError(f"drop: a connection that is dropped has no answer, so {answer[0]} cannot be with it")
        if self.body and self.text is not None:
            raise FaultError("text: the body is given already; leave out one of body and text")
        needs_status = [name for name in ("message", "retry_after") if getattr(self, name) is not None]
        if needs_status and self.status is None:
            raise FaultError(f"{needs_status[0]}: goes with a status, and there is none")

    def view(self) -> dict[str, Any]:
        """As JSON, without what was not given."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        defaults = {each.name: each.default for each in fields(self)}
        return {name: value for name, value in values.items() if name == "operation" or value != defaults[name]}

    def label(self) -> str:
        """What it does, in a few words for the page."""
        words = [str(self.status)] if self.status else []
        words += [str(self.body)] if self.body else ["text"] if self.text is not None else []
        words += [f"drop {self.drop}"] if self.drop else []
        words += [f"delay {self.delay:g} s"] if self.delay else []
        words += ["unknown status"] if self.unknown_status else []
        words += ["stuck"] if self.stuck else []
        words += [f"late {self.late:g} s"] if self.late else []
        words += [f"clock +{self.clock:g} s"] if self.clock else []
        return ", ".join([*words, "rate limit"] if self.rate_limit else words)


def read(value: Any, where: str = "fault") -> Fault:
    """A fault from JSON or TOML; raises FaultError, which begins with `where`."""
    if not is_object(value):
        raise FaultError(f'{where}: should be an object like {{"operation": "createJob", "status": 503}}')
    known = [each.name for each in fields(Fault)]
    for name in value:
        if name not in known:
            close = difflib.get_close_matches(str(name), known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)}"
            raise FaultError(f"{where}: there is no {name!r}; {hint}")
    try:
        return Fault(**{name: given for name, given in value.items() if given is not None})
    except FaultError as error:
        raise FaultError(f"{where}.{error}" if ": " in str(error) else f"{where}: {error}") from None


def read_many(value: Any, where: str = "faults") -> list[Fault]:
    """Faults from a list, or from an object with a list under `faults`; raises FaultError."""
    if is_object(value):
        others = [name for name in value if name != "faults"]
        if others:
            raise FaultError(f"{where}: there is no {others[0]!r} here; write a list under 'faults'")
        value = value.get("faults", [])
    if not is_list(value):
        raise FaultError(f"{where}: should be a list of faults")
    return [read(item, f"{where}[{number}]") for number, item in enumerate(value)]


def read_file(path: str | Path) -> list[Fault]:
    """Faults from a file: JSON if its name ends so, else TOML with `[[faults]]` tables. Raises FaultError."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
        content: Any = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise FaultError(f"cannot read {file}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        language = "JSON" if file.suffix.lower() == ".json" else "TOML"
        raise FaultError(f"{file} is not {language}: {error}") from None
    return read_many(content, file.name)


def _one_of(name: str, value: Any, options: tuple[str, ...]) -> None:
    if value not in options:
        close = difflib.get_close_matches(str(value), options, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"should be one of {', '.join(options)}"
        raise FaultError(f"{name}: {value!r}; {hint}")


def _text(name: str, value: Any) -> None:
    if not isinstance(value, str) or (not value and name != "text"):
        raise FaultError(f"{name}: should be a text, not {value!r}")


def _whole(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**63:
        raise FaultError(f"{name}: should be a whole number of at least {least}, not {value!r}")


def _number(name: str, value: Any, most: float) -> None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not good or not 0 <= value <= most:
        raise FaultError(f"{name}: should be a number from 0 to {most:g}, not {value!r}")
