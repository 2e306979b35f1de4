"""One exception tree for all providers.

Every error derives from `AnyQPUError` and has the details of the failure: provider, operation, HTTP status, the
provider's code, request id and body. `str(error)` is one line on what went wrong and, with a hint, what to do. Errors
can be pickled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from anyqpu.model.cost import CostEstimate
    from anyqpu.model.money import Money

_USER = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}://)[^\s/?#\"'<>@]*@")
_SECRET_PART = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}://)([^\s?#\"'<>]*)[?#][^\s\"'<>]*")


class Hint(str):
    """What to do about an error, in the words of Python, and in those of the command line where they differ.

    A `Hint` is the text for Python: `Hint("client.devices() lists them", "`anyqpu devices` lists them")`.

    Attributes:
        command_line: The same for a user of the command `anyqpu`; empty if there is nothing to do there.
    """

    __slots__ = ("command_line",)

    command_line: str

    def __new__(cls, text: str, command_line: str) -> Hint:
        """Return the hint with both texts."""
        hint = super().__new__(cls, text)
        hint.command_line = command_line
        return hint

    def __reduce__(self) -> tuple[Any, ...]:
        return Hint, (str(self), self.command_line)


def extended(hint: str | None, sentence: str) -> str:
    """Return a hint with a further sentence, in both of its forms."""

    def joined(text: str) -> str:
        return text if sentence in text else f"{text}. {sentence}" if text else sentence

    if isinstance(hint, Hint):
        return Hint(joined(str(hint)), joined(hint.command_line))
    return joined(hint or "")


class AnyQPUError(Exception):
    """Base of every error that anyqpu raises.

    Attributes:
        provider: The provider, such as `"kipu"`; None if none is involved.
        operation: The operationId of the failed call in the provider's API document.
        status_code: The HTTP status, if there was a response.
        code: The provider's error code, if it sent one.
        request_id: The identifier to quote to the provider's support, if it sent one.
        retry_after: The seconds after which the provider allows a retry.
        body: The body of the response as parsed JSON or text, at most a few kilobytes.
        hint: What to do; a `Hint` where the command line has other words for it than Python.
        key: The idempotency key of the submit that failed; None for anything else.
    """

    retryable = False
    """Whether the same call may succeed later."""

    def __init__(
        self,
        message: str,
        *,
        provider: str | None = None,
        operation: str | None = None,
        status_code: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        body: Any = None,
        hint: str | None = None,
        key: str | None = None,
    ) -> None:
        message = without_queries(message)
        super().__init__(message)
        self.message = message
        self.provider = provider
        self.operation = operation
        self.status_code = status_code
        self.code = code
        self.request_id = request_id
        self.retry_after = retry_after
        self.body = body
        self.hint = hint
        self.key = key

    def __str__(self) -> str:
        return self.with_hint(self.hint)

    def with_hint(self, hint: str | None) -> str:
        """Return the text of the error with another hint than its own."""
        where = " ".join(part for part in (self.provider, self.operation) if part)
        facts = [f"status {self.status_code}"] if self.status_code is not None else []
        facts += [f"code {self.code}"] if self.code else []
        facts += [f"request id {self.request_id}"] if self.request_id else []
        text = f"{where}: {self.message}" if where else self.message
        text += f" ({', '.join(facts)})" if facts else ""
        return printable(f"{text}. {hint}" if hint else text)

    def to_dict(self) -> dict[str, Any]:
        """Return the details of the failure in JSON types, for logs and responses.

        The keys are the attributes, `type` (the name of the class), `retryable`, and `v`, the version of this form. A
        handle is its text.
        """
        from anyqpu._json import VERSION, json_value

        details = {"type": type(self).__name__, "retryable": self.retryable}
        fields = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        fields["hint"] = None if self.hint is None else str(self.hint)
        return {"v": VERSION, **details, **json_value(fields)}

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows, without the frames inside this package."""
        from anyqpu import _tracebacks

        function, arguments = self.__reduce__()
        return _tracebacks.rendered(self, function(*arguments))

    def __reduce__(self) -> tuple[Any, ...]:
        # The default calls the class with the positional arguments and loses the others.
        return _rebuild, (type(self), self.args, self.__dict__)


def without_queries(text: str) -> str:
    """Return a text with the queries and users of its links removed: they may contain a signature or a password.

    Identifiers, names and statuses come from servers, and may be links.
    """
    return _SECRET_PART.sub(r"\1\2?…", _USER.sub(r"\1***@", text)) if "://" in text else text


def printable(text: str) -> str:
    """Return a text as one line with its control characters escaped, so that it cannot steer a terminal.

    Identifiers, names and messages come from servers.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _rebuild(kind: type[AnyQPUError], arguments: tuple[Any, ...], state: dict[str, Any]) -> AnyQPUError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class ClientStateError(AnyQPUError, RuntimeError):
    """The client cannot be used: it is closed, or belongs to another event loop."""


class ConfigError(AnyQPUError):
    """An argument, environment variable or configuration file is invalid; nothing was sent."""


class MissingCredentialsError(ConfigError):
    """No credentials were found; the message lists the places that were searched."""


class TransportError(AnyQPUError):
    """The exchange failed before a complete response."""

    retryable = True


class ConnectError(TransportError):
    """The connection failed: the request did not reach the server."""


class ProxyError(ConnectError):
    """A proxy failed or refused: the request did not reach the server. The message names the proxy."""


class CertificateError(ConnectError):
    """The server's certificate was not accepted: nothing was sent, and a retry does not help."""

    retryable = False


class ReadTimeoutError(TransportError, TimeoutError):
    """The server was too slow. If `sent` is true, it may have handled the request."""

    sent = True


class ProtocolError(TransportError):
    """The connection broke, or the response was not valid HTTP; the server may have handled the request."""


class APIError(AnyQPUError):
    """The provider responded with an error."""


class AuthenticationError(APIError):
    """The credentials were not accepted (401)."""


class PermissionDeniedError(APIError):
    """The credentials are valid but do not allow this (403)."""


class NotFoundError(APIError):
    """The object does not exist, or not for these credentials (404)."""


class NotReadyError(NotFoundError):
    """The object does not exist yet, such as the result of a running job."""

    retryable = True


class ConflictError(APIError):
    """The state of the object does not allow this (409).

    For a submit: its `key` is already used for a job with other content, whose handle is `handle`; `status_code` is
    None, and nothing was submitted.
    """

    def __init__(self, message: str, *, handle: Any = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.handle = handle


class ReservationUnavailableError(ConflictError):
    """The requested time is taken."""


class PaymentRequiredError(APIError):
    """The balance is too low (402)."""


class ValidationError(APIError, ValueError):
    """The input is invalid.

    `status_code` is 400 or 422 if the provider refused it, and None if it was refused before any request.
    `fields` names the invalid parts, as far as known.
    """

    def __init__(self, message: str, *, fields: Sequence[str] = (), **details: Any) -> None:
        super().__init__(message, **details)
        self.fields = tuple(fields)


class RateLimitedError(APIError):
    """Too many requests (429); see `retry_after`."""

    retryable = True


class ServerError(APIError):
    """The provider failed (5xx)."""

    retryable = True


class ServiceUnavailableError(ServerError):
    """The provider, or a part of it, is not available now (503); see `retry_after`."""


class UnexpectedResponseError(APIError):
    """The response has a status or a body that the provider's API document does not have; `body` keeps it."""


class ResponseTooLargeError(UnexpectedResponseError):
    """The response is larger than the limit; it was not read."""


class UnsupportedOperationError(AnyQPUError):
    """The provider does not support this; the message names the closest alternative."""


class SubmissionUnknownError(AnyQPUError):
    """A submit may have reached the provider, and was not repeated because it may cost money.

    `key` is the idempotency key of the job, if it exists; the submit was sent between `since` and `until` (UTC).
    `dedup_key` is the same key, by its name in version 1.
    """

    def __init__(
        self,
        message: str,
        *,
        dedup_key: str,
        since: datetime | None = None,
        until: datetime | None = None,
        **details: Any,
    ) -> None:
        super().__init__(message, **details)
        self.key = self.dedup_key = dedup_key
        self.since = since
        self.until = until


class JobError(AnyQPUError):
    """A job did not complete. `handle` resumes it, `job_status` is its last known status."""

    def __init__(self, message: str, *, handle: Any = None, job_status: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.handle = handle
        self.job_status = job_status


class JobFailedError(JobError):
    """The job failed; the message is the provider's, if it gives one."""


class JobCancelledError(JobError):
    """The job was cancelled."""


class JobTimedOutError(JobError):
    """The provider ended the job because it took too long."""


class UnexpectedStatusError(JobError):
    """The job stays in a status that this version of anyqpu does not know."""


class WaitTimeoutError(AnyQPUError, TimeoutError):
    """The time limit of a wait was reached; the remote job keeps running.

    `handle` resumes the wait, also in another process; `last_status` is the last known status.
    """

    def __init__(self, message: str, *, handle: Any = None, last_status: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.handle = handle
        self.last_status = last_status


class ResultError(AnyQPUError):
    """A result is not available or cannot be decoded."""


class ResultNotAvailableError(ResultError):
    """There is no result, or it was deleted."""


class ResultDecodeError(ResultError):
    """The result is in a form that anyqpu cannot decode; `body` keeps it."""


class BitOrderUnknownError(ResultError):
    """The bit order of a result is unknown, so it cannot be converted."""


class ResultLinkExpiredError(ResultError):
    """The download link has expired; request the result again."""


class LedgerError(AnyQPUError):
    """A fleet's ledger cannot be read or written; nothing was sent that it does not have."""


class BudgetExceededError(AnyQPUError):
    """The lowest possible cost is above `max_cost`, or unknown; nothing was sent that costs.

    `device` is the identifier of the device, `minimum` the lowest possible cost, None where it is unknown, `max_cost`
    the limit, and `estimate` the `CostEstimate`, None for a reservation.
    """

    def __init__(
        self,
        message: str,
        *,
        device: str | None = None,
        minimum: Money | None = None,
        max_cost: Money | None = None,
        estimate: CostEstimate | None = None,
        **details: Any,
    ) -> None:
        super().__init__(message, **details)
        self.device = device
        self.minimum = minimum
        self.max_cost = max_cost
        self.estimate = estimate
