"""Faults: what goes wrong on demand, checked when it is made, and read from files."""

from __future__ import annotations

import difflib
import json
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, cast

from . import operations
from .clock import MOST_SECONDS
from .grpc_wire import CODES
from .shapes import is_list, is_object

BODIES = ("truncated", "html", "empty", "garbage")
UNKNOWN_STATUS = "BEWILDERED"
"""The status that `unknown_status = true` sets, which no document has."""
MOST_DELAY = 3600.0
EFFECTS = (
    *(
        "status",
        "grpc_status",
        "delay",
        "drop",
        "handled_late",
        "body",
        "text",
        "headers",
        "change",
        "remove",
        "verbatim",
    ),
    *("unknown_status", "stuck", "late", "list_lag", "clock", "rate_limit"),
)
"""At least one of these makes a fault."""
RESPONSE_EFFECTS = (
    *("status", "grpc_status", "body", "text", "headers", "change", "remove", "verbatim", "unknown_status"),
)
"""Effects on the response, which a dropped connection does not have."""
OF_JOBS = ("stuck", "late", "list_lag")
"""Effects on the jobs that a request makes."""
_MAPPINGS = ("headers", "change", "verbatim")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class FaultError(ValueError):
    """An invalid fault; the message has its place, the problem, and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong with some requests. At least one effect is needed; several may be combined.

    Which requests it hits:
        cloud: `scaleway`, `kipu`, `pasqal` or `rigetti`; None is any.
        operation: An operationId in any spelling, `token`, `download`, `METHOD /path` with `*` in it, or `*`.
        after: So many matching requests pass first.
        count: It fires so often and is spent then; None is without end.
        probability: Of the rest, this part is hit; which ones repeats with the emulator's seed.

    What it does:
        status: The response has this status, with the body that the cloud itself would send, or `text`, or `body`.
        grpc_status: A gRPC call ends with this status, such as `UNAVAILABLE`; other requests are not hit. With `status`
            a call gets an HTTP response without gRPC's own status, as from a proxy.
        message: The message in that body, or beside that status.
        retry_after: Seconds, in a `Retry-After` header.
        headers: Further response headers, in place of those of the same name; "" removes one.
        when: Whether a status and `delay` come `before` the request is handled (with a status it never is) or `after`.
        delay: Seconds of real time.
        drop: The connection closes without a response, `before` or `after` the request was handled.
        handled_late: The connection closes at once, and the request is handled so many seconds of the emulator's clock
            later, before the next request after that time.
        body: The response is `truncated`, an `html` page, `empty` or `garbage`.
        text: The response's body is this.
        change: Values of the JSON in the response, by JSON pointer (RFC 6901): `{"/created_at": 1764000000}`. `*`
            stands for every member of an object or element of a list; "" is the whole body.
        remove: JSON pointers of members and elements that are missing in the response.
        verbatim: As `change`, but the values are JSON text that is put in as it is: `1e400`, `NaN`, `null`.
        unknown_status: The statuses in the response become this word; True for one that no document has.
        stuck: Jobs that the request makes stay `queued` (or True) or `running`.
        late: Results of such jobs are there so many seconds after the job is over.
        list_lag: Such jobs appear in lists so many seconds after they were made; by their id they are there at once.
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
    grpc_status: str | None = None
    message: str | None = None
    retry_after: float | None = None
    when: Literal["before", "after"] = "before"
    delay: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    drop: Literal["before", "after"] | None = None
    handled_late: float = 0.0
    body: Literal["truncated", "html", "empty", "garbage"] | None = None
    text: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict[str, Any])
    remove: Sequence[str] = ()
    verbatim: Mapping[str, str] = field(default_factory=dict[str, str])
    unknown_status: str | bool = False
    stuck: Literal["queued", "running"] | bool = False
    late: float = 0.0
    list_lag: float = 0.0
    clock: float = 0.0
    rate_limit: tuple[int, float] | None = None

    def __post_init__(self) -> None:
        """Check every field; raises FaultError."""
        if self.cloud is not None:
            _one_of("cloud", self.cloud, operations.clouds())
        _text("operation", self.operation)
        if wrong := operations.problem(self.operation, self.cloud):
            raise FaultError(f"operation: {wrong}")
        _whole("after", self.after, 0)
        if self.count is not None:
            _whole("count", self.count, 1)
        _number("probability", self.probability, 1.0)
        status: Any = self.status
        if status is not None and (isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599):
            raise FaultError(f"status: should be an HTTP status from 200 to 599, like 503, not {status!r}")
        if self.grpc_status is not None:
            _one_of("grpc_status", self.grpc_status, CODES[1:])
        for name in ("message", "text"):
            if getattr(self, name) is not None:
                _text(name, getattr(self, name))
        if self.retry_after is not None:
            _number("retry_after", self.retry_after, MOST_DELAY * 24)
        _one_of("when", self.when, ("before", "after"))
        _number("delay", self.delay, MOST_DELAY)
        if self.drop is not None:
            _one_of("drop", self.drop, ("before", "after"))
        _number("handled_late", self.handled_late, MOST_SECONDS)
        if self.body is not None:
            _one_of("body", self.body, BODIES)
        _check_headers(self.headers)
        self._check_pointers()
        if not isinstance(self.unknown_status, bool):
            _text("unknown_status", self.unknown_status)
        if not isinstance(self.stuck, bool):
            _one_of("stuck", self.stuck, ("queued", "running"))
        _number("late", self.late, MOST_SECONDS)
        _number("list_lag", self.list_lag, MOST_SECONDS)
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

    def _check_pointers(self) -> None:
        if not is_object(self.change):
            raise FaultError(f'change: should be an object like {{"/id": 7}}, not {self.change!r}')
        if not is_object(self.verbatim):
            raise FaultError(f'verbatim: should be an object like {{"/id": "1e400"}}, not {self.verbatim!r}')
        if not is_list(self.remove) and not isinstance(self.remove, tuple):
            raise FaultError(f'remove: should be a list like ["/id"], not {self.remove!r}')
        for name, paths in (("change", self.change), ("verbatim", self.verbatim), ("remove", self.remove)):
            for pointer in cast("list[Any]", list(paths)):
                if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
                    raise FaultError(f'{name}: {pointer!r} is not a JSON pointer; it is "" or begins with /')
        for pointer, text in self.verbatim.items():
            _text(f"verbatim[{pointer!r}]", text)
        if "" in self.remove:
            raise FaultError('remove: "" is the whole body; use body = "empty"')
        object.__setattr__(self, "remove", tuple(self.remove))

    def _check_whole(self) -> None:
        if not any(getattr(self, name) for name in EFFECTS) and self.text is None:
            raise FaultError(f"it has no effect; give at least one of {', '.join(EFFECTS)}")
        effects = [name for name in EFFECTS if getattr(self, name)]
        for group in (OF_JOBS, ("rate_limit",)):
            if set(effects) & set(group) and not set(effects) <= set(group):
                other = next(name for name in effects if name not in group)
                mine = next(name for name in effects if name in group)
                raise FaultError(f"{other}: cannot be in one fault with {mine}; make two faults")
        on_response = [name for name in RESPONSE_EFFECTS if getattr(self, name)] + (["text"] if self.text == "" else [])
        for closing in ("drop", "handled_late"):
            if getattr(self, closing) and on_response:
                raise FaultError(
                    f"{closing}: a closed connection has no response, so {on_response[0]} cannot be with it"
                )
        if self.drop and self.handled_late:
            raise FaultError("drop: handled_late closes the connection by itself; leave out one of the two")
        if self.body and self.text is not None:
            raise FaultError("text: the body is given already; leave out one of body and text")
        needs_status = [name for name in ("message", "retry_after") if getattr(self, name) is not None]
        if self.status is not None and self.grpc_status is not None:
            raise FaultError("grpc_status: status gives an HTTP response; leave out one of the two")
        if needs_status and self.status is None and self.grpc_status is None:
            raise FaultError(f"{needs_status[0]}: needs a status")

    def view(self) -> dict[str, Any]:
        """Return the fault as JSON, without defaults."""
        values: dict[str, Any] = {fault_field.name: getattr(self, fault_field.name) for fault_field in fields(self)}
        for fault_field in fields(self):
            value = values[fault_field.name]
            default: Any = {} if fault_field.name in _MAPPINGS else fault_field.default
            if value == default and fault_field.name != "operation":
                del values[fault_field.name]
            elif isinstance(value, tuple):
                values[fault_field.name] = list(cast("tuple[Any, ...]", value))
        return values

    def label(self) -> str:
        """Return a short description for the page."""
        words = [str(self.status)] if self.status else [self.grpc_status] if self.grpc_status else []
        words += [str(self.body)] if self.body else ["text"] if self.text is not None else []
        words += [f"drop {self.drop}"] if self.drop else []
        words += [f"handled {self.handled_late:g} s late"] if self.handled_late else []
        words += [f"delay {self.delay:g} s"] if self.delay else []
        words += ["headers"] if self.headers else []
        paths = [*self.change, *self.verbatim, *self.remove]
        words += [f"change {', '.join(pointer or 'body' for pointer in paths)}"] if paths else []
        words += ["unknown status"] if self.unknown_status else []
        words += ["stuck"] if self.stuck else []
        words += [f"late {self.late:g} s"] if self.late else []
        words += [f"list lag {self.list_lag:g} s"] if self.list_lag else []
        words += [f"clock +{self.clock:g} s"] if self.clock else []
        return ", ".join([*words, "rate limit"] if self.rate_limit else words)


def read(value: Any, where: str = "fault") -> Fault:
    """A fault from JSON or TOML; raises FaultError, which begins with `where`."""
    if not is_object(value):
        raise FaultError(f'{where}: should be an object like {{"operation": "createJob", "status": 503}}')
    names = [fault_field.name for fault_field in fields(Fault)]
    for name in value:
        if name not in names:
            close = difflib.get_close_matches(str(name), names, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(names)}"
            raise FaultError(f"{where}: there is no {name!r}; {hint}")
    try:
        return Fault(**{name: content for name, content in value.items() if content is not None})
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


def _check_headers(headers: Any) -> None:
    if not is_object(headers):
        raise FaultError(f'headers: should be an object like {{"retry-after": "soon"}}, not {headers!r}')
    for name, value in headers.items():
        if not _TOKEN.fullmatch(str(name)):
            raise FaultError(f"headers: {name!r} is not the name of a header")
        if not isinstance(value, str) or any(character in value for character in "\r\n\0"):
            raise FaultError(f"headers[{name!r}]: should be one line of text, not {value!r}")


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
