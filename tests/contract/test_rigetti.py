"""Rigetti passes the contract."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from anyqpu.providers.rigetti import capabilities
from anyqpu.testing import emulated
from anyqpu.testing.contract.reservations import ReservationContract
from tests.conformance.programs import QUIL
from tests.contract.emulated import EmulatedContract


class TestRigetti(EmulatedContract):
    provider = "rigetti"
    device = reservable_device = calibrated_device = "Ankaa-3"
    program = QUIL
    program_name = "program.quil"
    asymmetric_program = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
    secrets = {"access_token": "canary-rigetti-token"}


class TestRigettiOverZeroMQ(TestRigetti):
    device = reservable_device = calibrated_device = "Aspen-9"

    @pytest.fixture(autouse=True)
    def cloud(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        # Jobs are cancelled over gRPC only.
        monkeypatch.setattr(capabilities, "CAPABILITIES", replace(capabilities.CAPABILITIES, cancel=False))
        # A job is awaited over a connection, in the machine's time; a reservation begins in a day.
        far = hasattr(ReservationContract, request.node.originalname)
        with emulated(speed="fast", time="virtual" if far else "machine") as self.clouds:
            yield
