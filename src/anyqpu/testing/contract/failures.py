"""Errors: what they carry, and how they travel."""

from __future__ import annotations

import pickle

import pytest

from anyqpu.errors import AnyQPUError, APIError, AuthenticationError, RateLimitedError, ServerError
from anyqpu.testing.contract.configuration import ContractBase

STATUSES = {401: AuthenticationError, 429: RateLimitedError, 500: ServerError, 503: ServerError}


class FailureContract(ContractBase):
    """The part of the suite on errors."""

    @pytest.mark.parametrize("status", STATUSES)
    async def test_an_error_says_where_it_comes_from(self, status: int) -> None:
        """Provider, operation, HTTP status and request id are attributes of it, and in its text."""
        async with self.quick() as client:
            await self.break_requests(status)
            with pytest.raises(APIError) as caught:
                await client.devices().collect()
            error = caught.value
            assert isinstance(error, STATUSES[status])
            assert (error.provider, error.status_code) == (self.provider, status)
            assert error.operation
            assert error.request_id
            for fact in (self.provider, error.operation, str(status), error.request_id):
                assert fact in str(error)

    async def test_an_error_survives_pickling(self) -> None:
        """All that it carries arrives."""
        async with self.quick() as client:
            await self.break_requests(503)
            with pytest.raises(ServerError) as caught:
                await client.device(self.device)
            again = pickle.loads(pickle.dumps(caught.value))
            assert type(again) is type(caught.value)
            assert str(again) == str(caught.value)
            assert (again.operation, again.request_id) == (caught.value.operation, caught.value.request_id)

    async def test_no_error_shows_a_secret(self) -> None:
        """Neither its text nor its attributes, whatever the cloud responds."""
        async with self.connect(**self.secrets) as client:
            await self.break_requests(401)
            with pytest.raises(AnyQPUError) as caught:
                await client.devices().collect()
            shown = f"{caught.value!r} {caught.value} {vars(caught.value)}"
            assert not [name for name, secret in self.secrets.items() if secret in shown]
