"""Reservations: free times, reserving, waiting, and giving back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from anyqpu.errors import ConflictError, NotFoundError, ReservationUnavailableError, WaitTimeoutError
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires

GRANTED = {ReservationStatus.CONFIRMED, ReservationStatus.ACTIVE, ReservationStatus.COMPLETED}
BAD_ARGUMENTS: list[tuple[str, Any]] = [
    *(("start", value) for value in (None, 7, "tomorrow", datetime(2030, 1, 1))),
    *(("end", value) for value in (None, 7, "tomorrow", datetime(2030, 1, 1))),
    *(("notes", value) for value in (7, b"x", object())),
]


class ReservationContract(ContractBase):
    """The part of the suite on reservations."""

    @requires("reserve", "reservation")
    async def test_time_is_reserved_with_notes(self) -> None:
        """The reservation has the times, the device and the notes, also when it is fetched by its identifier."""
        async with self.connect() as client:
            start, end = self.window()
            reserved = await client.reserve(self.reservable_device, start=start, end=end, notes="calibration run")
            assert isinstance(reserved, Reservation)
            assert (reserved.provider, reserved.start, reserved.end) == (self.provider, start, end)
            assert reserved.duration == self.reservation_length
            assert reserved.device_id == (await client.device(self.reservable_device)).id
            assert reserved.description == "calibration run"
            again = await client.reservation(reserved.id)
            assert (again.id, again.start, again.end) == (reserved.id, start, end)
            assert again.description == "calibration run"

    @requires("reserve")
    async def test_a_device_object_is_reserved_too(self) -> None:
        """`reserve(await client.device(id), ...)`."""
        async with self.connect() as client:
            start, end = self.window()
            device = await client.device(self.reservable_device)
            assert (await client.reserve(device, start=start, end=end)).device_id == device.id

    @requires("find_slots", "reserve")
    async def test_a_free_time_is_reserved(self) -> None:
        """What `find_slots` returns is an argument of `reserve`; then it is free no more."""
        async with self.connect() as client:
            start, _ = self.window()
            slots = client.find_slots(self.reservable_device, start=start, duration=self.reservation_length)
            slot = await slots.first()
            assert isinstance(slot, AvailableSlot)
            reserved = await client.reserve(slot, notes="mine")
            assert (reserved.device_id, reserved.start, reserved.end) == (slot.device_id, slot.start, slot.end)
            assert (await slots.first()) != slot

    @requires("reserve")
    async def test_time_is_reserved_once(self) -> None:
        """The second reservation of a time is an error."""
        async with self.connect() as client:
            await client.wait_for_reservation(await self.reserve(client), until="confirmed", timeout=self.patience)
            with pytest.raises(ReservationUnavailableError) as caught:
                await client.wait_for_reservation(await self.reserve(client), timeout=self.patience)
            assert caught.value.provider == self.provider

    @requires("reservations")
    async def test_reservations_are_listed(self) -> None:
        """The list has the reservation, with its times."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            listed = {reservation.id: reservation async for reservation in client.reservations()}
            assert (listed[reserved.id].start, listed[reserved.id].end) == (reserved.start, reserved.end)

    @requires("wait_for_reservation")
    async def test_a_wait_ends_when_it_is_confirmed(self) -> None:
        """`until="confirmed"`, which is the default: the time is granted, and has not come."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            for named in (reserved, reserved.id):
                granted = await client.wait_for_reservation(named, until="confirmed", timeout=self.patience)
                assert (granted.id, granted.status) == (reserved.id, ReservationStatus.CONFIRMED)
            again = await client.wait_for_reservation(reserved, timeout=self.patience)
            assert again.status is ReservationStatus.CONFIRMED

    @requires("wait_for_reservation")
    async def test_a_wait_ends_at_the_start(self) -> None:
        """`until="start"`: its time is now."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            active = await client.wait_for_reservation(reserved, until="start")
            assert (active.id, active.status) == (reserved.id, ReservationStatus.ACTIVE)
            assert reserved.start <= self.now() < reserved.end

    @requires("wait_for_reservation")
    async def test_a_wait_ends_at_the_end(self) -> None:
        """`until="end"`: its time is over."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            over = await client.wait_for_reservation(reserved, until="end")
            assert (over.id, over.status) == (reserved.id, ReservationStatus.COMPLETED)
            assert self.now() >= reserved.end

    @requires("wait_for_reservation")
    async def test_a_limit_of_a_wait_raises(self) -> None:
        """The error has the status; the reservation stays."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            with pytest.raises(WaitTimeoutError) as caught:
                await client.wait_for_reservation(reserved, until="start", timeout=self.short)
            assert caught.value.provider == self.provider
            assert caught.value.last_status in set(ReservationStatus)
            assert (await client.reservation(reserved.id)).status is not ReservationStatus.CANCELLED

    @requires("wait_for_reservation", "cancel_reservation")
    async def test_a_reservation_is_given_back(self) -> None:
        """It is returned as it is then, and a wait for it is an error."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            cancelled = await client.cancel_reservation(reserved)
            assert cancelled.id == reserved.id
            assert cancelled.status in {ReservationStatus.CANCELLING, ReservationStatus.CANCELLED}
            for until in ("confirmed", "start", "end"):
                with pytest.raises(ConflictError):
                    await client.wait_for_reservation(reserved, until=until, timeout=self.patience)
            again = await self.reserve(client)
            assert (await client.cancel_reservation(again.id)).id == again.id

    @requires("cancel_reservation")
    async def test_giving_back_twice_returns_it(self) -> None:
        """A reservation that was cancelled is returned as it is, as a finished job is."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            await client.cancel_reservation(reserved)
            again = await client.cancel_reservation(reserved)
            assert again.status in {ReservationStatus.CANCELLING, ReservationStatus.CANCELLED}

    @requires("reservation")
    async def test_an_unknown_reservation_is_not_found(self) -> None:
        """`reservation` of an identifier that the cloud does not have."""
        async with self.connect() as client:
            reserved = await self.reserve(client)
            unknown = str(reserved.id)[:-1] + ("7" if str(reserved.id)[-1] != "7" else "8")
            with pytest.raises(NotFoundError) as caught:
                await client.reservation(unknown)
            assert caught.value.provider == self.provider

    @requires("reserve")
    async def test_an_invalid_argument_of_reserve_is_refused(self) -> None:
        """It is refused before any request, and the error names it."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            start, end = self.window()
            await self.check_refused(
                sent,
                {
                    f"{name}={value!r:.40}": (
                        name,
                        partial(
                            client.reserve, self.reservable_device, **{**{"start": start, "end": end}, name: value}
                        ),
                    )
                    for name, value in BAD_ARGUMENTS
                },
            )

    @requires("reserve")
    async def test_a_window_ends_after_its_start(self) -> None:
        """A window that ends before it begins is refused before any request."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            start, end = self.window()
            with self.refused(sent, "start", "end"):
                await client.reserve(self.reservable_device, start=end, end=start)

    @requires("wait_for_reservation")
    async def test_a_wait_for_something_else_is_refused(self) -> None:
        """`until` is one of three words, and `timeout` a number of seconds."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            reserved = await self.reserve(client)
            bad: list[tuple[str, Any]] = [("until", "never"), ("until", None), ("timeout", -1), ("timeout", "10")]
            await self.check_refused(
                sent,
                {
                    f"{name}={value!r}": (name, partial(client.wait_for_reservation, reserved, **{name: value}))
                    for name, value in bad
                },
            )

    @requires("find_slots")
    async def test_free_times_of_nonsense_are_refused(self) -> None:
        """`start` is an aware time, and `duration` more than nothing."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            start, _ = self.window()
            good: dict[str, Any] = {"start": start, "duration": timedelta(minutes=15)}
            naive = start.replace(tzinfo=None)
            bad: list[tuple[str, Any]] = [
                *(("start", value) for value in (naive, 7, None)),
                *(("duration", value) for value in (-1, 0, "long", None)),
            ]
            await self.check_refused(
                sent,
                {
                    f"{name}={value!r}": (
                        name,
                        partial(client.find_slots, self.reservable_device, **{**good, name: value}),
                    )
                    for name, value in bad
                },
            )
