"""The contract of a provider against its emulated cloud, in virtual time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from anyqpu import Job
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu.testing.contract import ContractSuite

BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'
FLIP_QUBIT_0 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n'


class EmulatedContract(ContractSuite):
    """The suite, with the hooks that the emulator makes possible."""

    clouds: EmulatedClouds
    program = BELL
    program_name = "program.qasm"
    expected_keys = frozenset({"00", "11"})
    asymmetric_program = FLIP_QUBIT_0
    asymmetric_key = "01"

    @pytest.fixture(autouse=True)
    def cloud(self) -> Iterator[None]:
        with emulated() as self.clouds:
            yield

    async def hold_job(self, job: Job) -> None:
        self.clouds.move(job, "queued")

    async def release_job(self, job: Job) -> None:
        self.clouds.move(job, None)

    async def fail_job(self, job: Job, reason: str) -> None:
        self.clouds.move(job, "failed", reason)

    async def break_requests(self, status: int) -> None:
        self.clouds.faults.add(cloud=self.provider, status=status)

    async def elapse(self, seconds: float) -> None:
        self.clouds.advance(seconds)

    def now(self) -> datetime:
        return self.clouds.now
