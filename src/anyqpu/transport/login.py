"""The credentials of a request, and the errors of the login that they may need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import anyio

from anyqpu.errors import AnyQPUError, ReadTimeoutError
from anyqpu.transport import exchange
from anyqpu.transport.auth import Auth, NoAuth
from anyqpu.transport.http import HiddenHeaders

SECRET_HEADERS = frozenset({"authorization", "x-auth-token"})


class Login:
    """How the requests of one client are authenticated."""

    def __init__(self, provider: str, auth: Auth | None) -> None:
        self._provider = provider
        self._auth = auth
        # The last credentials at hand, as headers of requests, and the secrets among them.
        self._last: tuple[Mapping[str, str], HiddenHeaders, list[str]] = ({}, HiddenHeaders(), [])

    def headers_at_hand(self, secrets: list[str], accepted: Sequence[Sequence[str]]) -> HiddenHeaders | None:
        """Return what `headers` does, without a request; None where that may need one. Not to be changed.

        The same credentials are the same object.
        """
        auth = self._auth
        if auth is None or not accepted or (isinstance(auth, NoAuth) and () in accepted):
            return None
        headers = auth.headers_at_hand()
        if headers is None:
            return None
        if headers is not self._last[0]:
            credentials = HiddenHeaders(headers)
            self._last = headers, credentials, _secrets_in(credentials)
        _, credentials, secrets[:] = self._last
        exchange.remember_secrets(secrets)
        return credentials

    async def headers(self, secrets: list[str], accepted: Sequence[Sequence[str]] = (("token",),)) -> HiddenHeaders:
        """Return the headers that authenticate a request; `secrets` gets what no response may show.

        `accepted`: kinds of credentials that the operation takes, as alternatives; an empty one makes them optional.
        """
        auth = self._auth
        credentials = HiddenHeaders()
        if auth is not None and accepted and not (isinstance(auth, NoAuth) and () in accepted):
            credentials = HiddenHeaders(await auth.headers())
            secrets[:] = _secrets_in(credentials)
        elif auth is not None:
            # The server may have them from another request, and repeat them.
            secrets[:] = auth.secrets()
        exchange.remember_secrets(secrets)
        return credentials

    async def renew(self, rejected: HiddenHeaders, deadline: float, total: float) -> bool:
        """Replace credentials that were refused; a login on the way is part of the call's time."""
        if self._auth is None or not rejected:
            return False
        try:
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                return await self._auth.renew(rejected)
        except AnyQPUError as error:
            self.name(error)
            raise
        except TimeoutError:
            raise self.late(f"within the {total:.3g} s for the whole call") from None

    def name(self, error: AnyQPUError) -> None:
        """Say in an error that it is the login's."""
        error.provider = error.provider or self._provider
        error.operation = error.operation or "token"

    def late(self, late: str) -> ReadTimeoutError:
        """Return the error for a login that did not end in time."""
        return ReadTimeoutError(
            f"the login did not end {late}",
            provider=self._provider,
            operation="token",
            hint="Nothing was sent to the API: the token endpoint is slow or down",
        )


def _secrets_in(headers: Mapping[str, str]) -> list[str]:
    return [value.removeprefix("Bearer ") for name, value in headers.items() if name.lower() in SECRET_HEADERS]
