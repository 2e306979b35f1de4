"""Devices, their topology, calibration and prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from anyqpu.errors import NotFoundError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.cost import CostEstimate
from anyqpu.model.device import Device
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires

BAD_DEVICES = {
    "empty": "",
    "spaces": "  ",
    "None": None,
    "a number": 7,
    "bytes": b"x",
    "an object": object(),
    "half a character": "\ud800",
}
BAD_COSTS: list[tuple[str, Any]] = [
    *(("shots", value) for value in (-1, 1.5, True, "10")),
    *(("circuits", value) for value in (-1, "2")),
    *(("duration", value) for value in (5, "an hour", timedelta(seconds=-1))),
]
# Verbs that take a device, with arguments that are otherwise acceptable.
TAKE_DEVICES: dict[str, Callable[[Any, Any], Any]] = {
    "device": lambda client, device: client.device(device),
    "topology": lambda client, device: client.topology(device),
    "calibration": lambda client, device: client.calibration(device),
    "estimate_cost": lambda client, device: client.estimate_cost(device, shots=10),
}


class DeviceContract(ContractBase):
    """The part of the suite on devices."""

    async def test_devices_are_listed(self) -> None:
        """`devices()` has each device once, and the one that the suite uses."""
        async with self.connect() as client:
            devices = await client.devices().collect()
            ids = [device.id for device in devices]
            assert len(set(ids)) == len(ids)
            assert {device.provider for device in devices} == {self.provider}
            assert all(isinstance(device, Device) and device.name for device in devices)
            assert (await client.device(self.device)).id in ids

    async def test_a_device_is_found_by_its_id(self) -> None:
        """`device(id)` returns the device of the list, and its `id` finds it again."""
        async with self.connect() as client:
            device = await client.device(self.device)
            assert device.provider == self.provider
            assert (await client.device(device.id)).id == device.id

    async def test_an_unknown_device_is_not_found(self) -> None:
        """The error says which device there is in its place, whichever verb got the name."""
        name = self.device[:-1] + ("x" if self.device[-1] != "x" else "y")
        async with self.connect() as client:
            for verb, call in TAKE_DEVICES.items():
                if verb == "calibration" and not client.capabilities.calibration:
                    continue  # another test checks that this is unsupported
                with pytest.raises(NotFoundError) as caught:
                    await call(client, name)
                assert caught.value.provider == self.provider, verb
                assert self.device in str(caught.value), f"{verb} does not suggest the device that was meant"
            with pytest.raises(NotFoundError) as caught:
                await self.submit(client, device=name)
            assert self.device in str(caught.value)
            assert caught.value.operation

    @pytest.mark.parametrize("verb", TAKE_DEVICES)
    async def test_an_invalid_device_is_refused(self, verb: str) -> None:
        """A value that cannot be the name of a device is refused before any request."""
        sent, call = RequestLog(), TAKE_DEVICES[verb]
        async with self.quick(sent) as client:
            if verb == "calibration" and not client.capabilities.calibration:
                await self.check_unsupported(client, sent, verb)
                return
            await self.check_refused(
                sent, {kind: (None, partial(call, client, value)) for kind, value in BAD_DEVICES.items()}
            )

    async def test_a_topology_is_returned_or_none(self) -> None:
        """`topology` takes a device and its identifier, and returns the same for both."""
        async with self.connect() as client:
            topology = await client.topology(self.device)
            assert topology is None or isinstance(topology, Topology)
            assert await client.topology(await client.device(self.device)) == topology

    @requires("calibration")
    async def test_a_calibration_is_returned_or_none(self) -> None:
        """`calibration` takes a device and its identifier; the device that the configuration names has one."""
        async with self.connect() as client:
            calibration = await client.calibration(self.device)
            assert calibration is None or isinstance(calibration, Calibration)
            if self.calibrated_device is not None:
                device = await client.device(self.calibrated_device)
                assert isinstance(await client.calibration(device), Calibration)
                assert isinstance(await client.calibration(self.calibrated_device), Calibration)

    async def test_a_cost_is_estimated_or_the_reason_is_said(self) -> None:
        """`estimate_cost` has a total, or says why not; where the cloud has prices, a line per price."""
        async with self.connect() as client:
            estimate = await client.estimate_cost(self.device, shots=100, circuits=2, duration=timedelta(minutes=6))
            assert isinstance(estimate, CostEstimate)
            assert (estimate.total is None) == bool(estimate.reason_unknown)
            if estimate.total is not None:
                assert estimate.total.amount == sum((line.amount.amount for line in estimate.lines), Decimal(0))
            device: Device = await client.device(self.device)
            assert await client.estimate_cost(device, shots=100, circuits=2, duration=timedelta(minutes=6)) == estimate
            assert client.capabilities.prices or estimate.total is None

    async def test_a_cost_of_nonsense_is_refused(self) -> None:
        """Negative numbers, and values of other types, are refused before any request."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await self.check_refused(
                sent,
                {
                    f"{name}={value!r}": (name, partial(client.estimate_cost, self.device, **{name: value}))
                    for name, value in BAD_COSTS
                },
            )
