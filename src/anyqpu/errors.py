"""One exception tree for all clouds.

Every error derives from `AnyQPUError` and keeps what is known of the failure: provider, operation, HTTP status, the
cloud's own code, request id and body. `str(error)` is one sentence on what went wrong and, where there is one, what
to do about it. Errors survive pickling.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


_USER = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}://)[^\s/?#\"'<>@]*@")
_SECRET_PART = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}://)([^\s?#\"'<>]*)[?#][^\s\"'<>]*")


class AnyQPUError(Exception):
    """Base of every error that anyqpu raises.

    Attributes:
        provider: The cloud, such as `"kipu"`; None if no cloud is involved.
        operation: operationId of the failed call, in the words of the cloud's API document.
        status_code: HTTP status, if there was a response.
        code: The cloud's own error code, if it sent one.
        request_id: Identifier to quote to the cloud's support, if it sent one.
        retry_after: Seconds after which the cloud says to try again.
        body: The error's body as parsed JSON or text, at most a few kilobytes.
        hint: What to do about it.
    """

    retryable = False
    """Whether the same call may well succeed later."""

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

    def __str__(self) -> str:
        where = " ".join(part for part in (self.provider, self.operation) if part)
        facts = [f"status {self.status_code}"] if self.status_code is not None else []
        facts += [f"code {self.code}"] if self.code else []
        facts += [f"request id {self.request_id}"] if self.request_id else []
        text = f"{where}: {self.message}" if where else self.message
        text += f" ({', '.join(facts)})" if facts else ""
        return printable(f"{text}. {self.hint}" if self.hint else text)

    def to_dict(self) -> dict[str, Any]:
        """Return what is known of the failure in JSON's types, for logs and responses.

        The keys are the attributes, `type` (the name of the class), `retryable`, and `v`, the version of this form. A
        handle is its text.
        """
        from anyqpu._json import VERSION, json_value

        known = {"type": type(self).__name__, "retryable": self.retryable}
        return {"v": VERSION, **known, **json_value({k: v for k, v in vars(self).items() if not k.startswith("_")})}

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would call the class with positional arguments only and lose the rest.
        return _rebuild, (type(self), self.args, self.__dict__)


def without_queries(text: str) -> str:
    """Return a text in which links have neither a query nor a user: a signature or a password may stand there.

    Identifiers, names and statuses come from servers, and any of them may be a link.
    """
    return _SECRET_PART.sub(r"\1\2?…", _USER.sub(r"\1***@", text)) if "://" in text else text


def printable(text: str) -> str:
    """Return a text as one line that cannot steer a terminal: control characters are shown as escapes.

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
    """Something in arguments, environment or a configuration file is wrong; nothing was sent."""


class MissingCredentialsError(ConfigError):
    """No credentials were found; the message names every place that was looked at."""


class TransportError(AnyQPUError):
    """The exchange broke before there was a complete response."""

    retryable = True


class ConnectError(TransportError):
    """No connection could be made: the request never reached the server."""


class ProxyError(ConnectError):
    """A proxy on the way failed or refused: the request never reached the server. The message names the proxy."""


class CertificateError(ConnectError):
    """The server's certificate was not accepted: nothing was sent, and trying again does not help."""

    retryable = False


class ReadTimeoutError(TransportError, TimeoutError):
    """The server was too slow. Where `sent` is true, it may have handled the request all the same."""

    sent = True


class ProtocolError(TransportError):
    """The connection broke, or the response was not valid HTTP; the server may have handled the request."""


class APIError(AnyQPUError):
    """The cloud answered, but not with a success."""


class AuthenticationError(APIError):
    """The credentials were not accepted (401)."""


class PermissionDeniedError(APIError):
    """The credentials are good but do not allow this (403)."""


class NotFoundError(APIError):
    """There is no such thing, or not for these credentials (404)."""


class NotReadyError(NotFoundError):
    """It does not exist yet, such as the result of a job that still runs."""

    retryable = True


class ConflictError(APIError):
    """The state of the thing does not allow this (409)."""


class ReservationUnavailableError(ConflictError):
    """The time asked for is taken."""


class PaymentRequiredError(APIError):
    """The balance does not cover this (402)."""


class ValidationError(APIError, ValueError):
    """The input is not acceptable.

    `status_code` is 400 or 422 where the cloud said so, and None where it was refused before any request.
    `fields` names the parts that are wrong, as far as known.
    """

    def __init__(self, message: str, *, fields: Sequence[str] = (), **details: Any) -> None:
        super().__init__(message, **details)
        self.fields = tuple(fields)


class RateLimitedError(APIError):
    """Too many requests (429); see `retry_after`."""

    retryable = True


class ServerError(APIError):
    """The cloud failed (5xx)."""

    retryable = True


class ServiceUnavailableError(ServerError):
    """The cloud, or this part of it, is not available now (503); see `retry_after`."""


class UnexpectedResponseError(APIError):
    """A status or a body that the cloud's API document does not promise; `body` keeps what came."""


class ResponseTooLargeError(UnexpectedResponseError):
    """The body is, or claims to be, larger than the limit; it was not read."""


class UnsupportedOperationError(AnyQPUError):
    """This cloud has no such thing; the message names the nearest that it has."""


class SubmissionUnknownError(AnyQPUError):
    """A submit may or may not have reached the cloud, and was not sent again because it may cost money.

    `dedup_key` is the key that the job carries if it exists; it was sent between `since` and `until` (UTC).
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
        self.dedup_key = dedup_key
        self.since = since
        self.until = until


class JobError(AnyQPUError):
    """A job did not end well. `handle` resumes it, `job_status` is its last known status."""

    def __init__(self, message: str, *, handle: Any = None, job_status: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.handle = handle
        self.job_status = job_status


class JobFailedError(JobError):
    """The job failed; the message is the cloud's own, where it gives one."""


class JobCancelledError(JobError):
    """The job was cancelled."""


class JobTimedOutError(JobError):
    """The cloud ended the job because it took too long."""


class UnexpectedStatusError(JobError):
    """The job stays in a status that this version of anyqpu does not know."""


class WaitTimeoutError(AnyQPUError, TimeoutError):
    """The time given for waiting is over; the remote job goes on.

    `handle` resumes the wait, also from another process; `last_status` is the last status seen.
    """

    def __init__(self, message: str, *, handle: Any = None, last_status: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.handle = handle
        self.last_status = last_status


class ResultError(AnyQPUError):
    """A result cannot be had or read."""


class ResultNotAvailableError(ResultError):
    """There is no result, or not any more."""


class ResultDecodeError(ResultError):
    """The result came but is not in a form that anyqpu can read; `body` keeps it."""


class BitOrderUnknownError(ResultError):
    """The cloud does not say which end of a bit string is bit 0, so it cannot be turned round."""


class ResultLinkExpiredError(ResultError):
    """The download link is no longer valid; ask for the result again."""


class BudgetExceededError(AnyQPUError):
    """A limit that you set would be exceeded."""
