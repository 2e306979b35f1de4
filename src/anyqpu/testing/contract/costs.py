"""Costs: estimates, limits, and prices that the user gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from anyqpu.errors import BudgetExceededError, ValidationError
from anyqpu.model.money import Money, Pricing
from anyqpu.testing.contract.configuration import ContractBase, RequestLog, run
from anyqpu.testing.contract.verbs import requires

BAD_LIMITS: tuple[Any, ...] = (Money(-1, "EUR"), 5, 5.0, "5 EUR", True, object())
FREE = Money(0, "EUR")


def per_circuit(price: str) -> Pricing:
    """Return the prices of a device on which a circuit costs this many euros, and nothing else costs anything."""
    return Pricing(per_hour=FREE, per_circuit=Money(price, "EUR"), per_shot=FREE)


class CostContract(ContractBase):
    """The part of the suite on costs."""

    def prices(self, price: str) -> Mapping[str, Any]:
        """Return prices of the device of the configuration: a circuit costs this many euros."""
        return {self.device: per_circuit(price)}

    async def look_ups(self) -> set[str]:
        """Return the operations that look up the device."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await client.estimate_cost(self.device)
        return {*sent.operations}

    async def over_budget(self, call: Callable[[], Any]) -> BudgetExceededError:
        """Return the error of a call that is refused for its cost."""
        with pytest.raises(BudgetExceededError) as caught:
            await run(call())
        error = caught.value
        assert error.provider == self.provider
        assert error.device
        assert error.hint
        assert error.max_cost is not None
        assert str(error.max_cost) in error.message
        return error

    async def test_the_lowest_possible_cost_is_estimated(self) -> None:
        """`minimum` is exact: two circuits of 0.30 EUR and 2 times 100 shots of 0.01 EUR are 2.60 EUR."""
        pricing = Pricing(per_hour=FREE, per_circuit=Money("0.30", "EUR"), per_shot=Money("0.01", "EUR"))
        async with self.connect(prices={self.device: pricing}) as client:
            for device in (self.device, await client.device(self.device)):
                estimate = await client.estimate_cost(device, shots=100, circuits=2)
                assert estimate.minimum == estimate.total == Money("2.60", "EUR")

    async def test_a_submit_above_the_limit_is_refused(self) -> None:
        """Nothing is sent but look-ups of the device, and the error says what was refused."""
        sent = RequestLog()
        options = {"prices": self.prices("1.00"), "max_cost": Money("0.99", "EUR"), "hooks": sent}
        async with self.connect(**options) as client:
            error = await self.over_budget(partial(self.submit, client))
            assert {*sent.operations} <= await self.look_ups()
            assert error.device == (await client.device(self.device)).id
            assert (error.minimum, error.max_cost) == (Money(1, "EUR"), Money("0.99", "EUR"))
            assert error.estimate == await client.estimate_cost(self.device, shots=self.shots)
            assert "1.00 EUR" in error.message
            if client.capabilities.job_listing:
                assert await client.jobs().first() is None
            if client.capabilities.sessions:
                assert await client.sessions().first() is None

    async def test_a_submit_at_the_limit_is_sent(self) -> None:
        """A cost equal to the limit is not above it."""
        async with self.connect(prices=self.prices("1.00"), max_cost=Money("1", "EUR")) as client:
            assert (await self.submit(client)).id

    async def test_an_unknown_price_is_refused(self) -> None:
        """A price that neither the provider nor the user gives is not 0. Nothing is sent."""
        sent = RequestLog()
        async with self.connect(hooks=sent) as client:
            device = replace(await client.device(self.device), pricing=None)
            sent.operations.clear()
            limit = Money(1_000_000, "EUR")
            error = await self.over_budget(partial(self.submit, client, device=device, max_cost=limit))
            assert error.minimum is None
            assert "unknown" in error.message
            assert "prices=" in str(error)
            assert sent.operations == []

    async def test_a_free_device_is_never_refused(self) -> None:
        """0 is below each limit, in whichever currency."""
        for key in (self.device, f"{self.provider}:{self.device}"):
            async with self.connect(prices={key: FREE}, max_cost=Money(0, "USD")) as client:
                assert (await client.estimate_cost(self.device, shots=100)).minimum == FREE
                assert (await self.submit(client)).id

    async def test_the_limit_of_a_submit_replaces_that_of_the_client(self) -> None:
        """It may be lower or higher; None is the limit of the client."""
        low, high = Money("0.99", "EUR"), Money("1.01", "EUR")
        async with self.connect(prices=self.prices("1.00"), max_cost=high) as client:
            await self.over_budget(partial(self.submit, client, max_cost=low))
            assert (await self.submit(client, max_cost=None)).id
        async with self.connect(prices=self.prices("1.00"), max_cost=low) as client:
            await self.over_budget(partial(self.submit, client, max_cost=None))
            assert (await self.submit(client, max_cost=high)).id

    async def test_currencies_are_not_converted(self) -> None:
        """A limit in another currency refuses the submit; the error names both."""
        with pytest.raises(ValidationError) as caught:
            self.connect(prices=self.prices("1.00"), max_cost=Money(100, "USD"))
        async with self.connect(prices=self.prices("1.00")) as client:
            error = await self.over_budget(partial(self.submit, client, max_cost=Money(100, "USD")))
        for message in (error.message, caught.value.message):
            assert "EUR" in message
            assert "USD" in message

    async def test_a_bad_limit_is_refused(self) -> None:
        """A negative amount, and what is not `Money`, is refused before any request."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await self.check_refused(
                sent,
                {f"{value!r:.40}": ("max_cost", partial(self.submit, client, max_cost=value)) for value in BAD_LIMITS},
            )

    async def test_a_limit_costs_no_request(self) -> None:
        """The device is looked up once, as without a limit."""
        look_ups, counts = await self.look_ups(), list[int]()
        for options in ({}, {"max_cost": Money(1, "EUR")}):
            sent = RequestLog()
            async with self.connect(prices=self.prices("1.00"), hooks=sent) as client:
                await self.submit(client, **options)
            counts.append(sum(operation in look_ups for operation in sent.operations))
        assert counts[0] == counts[1]

    @requires("open_session", "session", "sessions")
    async def test_a_session_above_the_limit_is_not_opened(self) -> None:
        """By hand and as a block: at 1,000 EUR an hour, no session is sure to cost less than a cent."""
        device, hour = self.session_device or self.device, Pricing(per_hour=Money(1000, "EUR"))
        async with self.connect(prices={device: hour}, max_cost=Money("0.01", "EUR")) as client:
            await self.over_budget(partial(self.open_session, client))
            block = partial(client.session, device=device, **self.session_options)
            await self.over_budget(block)
            assert await client.sessions().first() is None

    @requires("reserve", "reservations")
    async def test_a_reservation_above_the_limit_is_not_made(self) -> None:
        """It costs the price per hour for its whole length."""
        price = Money(400, "EUR")
        hours = self.reservation_length / timedelta(hours=1)
        below = Money(f"{400 * hours - 0.01:.2f}", "EUR")
        prices = {self.reservable_device: Pricing(per_hour=price)}
        async with self.connect(prices=prices, max_cost=below) as client:
            error = await self.over_budget(partial(self.reserve, client))
            assert error.minimum == Money(f"{400 * hours:.2f}", "EUR")
            assert await client.reservations().first() is None
        async with self.connect(prices=prices, max_cost=error.minimum) as client:
            assert (await self.reserve(client)).id
