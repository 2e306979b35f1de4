"""Processors: what they are, how well they work, and programs made ready for them."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from datetime import datetime
from typing import TypeVar

from anyqpu_raw.rigetti.client import RawClient
from anyqpu_raw.rigetti.models import (
    InstructionSetArchitecture,
    ListQuantumProcessorsResponse,
    TranslateNativeQuilToEncryptedBinaryRequest,
)

from anyqpu.core.checks import checked_shots, no_device
from anyqpu.core.jobs import JobsClient
from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.device import Device
from anyqpu.model.program import ProgramFormat, ProgramSource, load_program
from anyqpu.paging import Pager, by_token
from anyqpu.providers.rigetti import mapping
from anyqpu.providers.rigetti.records import QuiltCalibrations, Translation

A = TypeVar("A")

PAGE_SIZE = 100
_DECLARED = re.compile(r"^[ \t]*DECLARE[ \t]+([A-Za-z_][\w-]*)", re.MULTILINE)


class RigettiProcessors(JobsClient[RawClient]):
    """The part of the client that deals with processors."""

    def devices(self, *, page_size: int = PAGE_SIZE, resume_token: str | None = None) -> Pager[Device]:
        """All processors, by their names and nothing else (ListQuantumProcessors); `device` knows more of one."""

        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> ListQuantumProcessorsResponse:
            return await self.raw.list_quantum_processors(page_size=page_size, page_token=token)

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "quantum_processors", mapping.processor_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda device: device.id,
            name="ListQuantumProcessors",
        )

    async def device(self, id: str) -> Device:
        """A processor with its state and size (GetQuantumProcessor, GetDefaultEndpoint, GetInstructionSetArchitecture).

        Its state is that of its default endpoint, and `unknown` where it has none.

        Raises:
            NotFoundError: There is none; the hint has the nearest name.
        """
        found = await self._look_up(id)
        try:
            endpoint = mapping.endpoint_of(await self.raw.get_default_endpoint(id))
        except NotFoundError:
            endpoint = None
        size = mapping.size_of(await self.raw.get_instruction_set_architecture(id))
        return mapping.device_of(found.id, raw=found.raw, endpoint=endpoint, num_qubits=size)

    async def _look_up(self, id: str) -> Device:
        """Return a processor in one request, without its state and size."""
        mapping.needed(id, "device", "Aspen-9")
        return mapping.processor_of(await self._of_processor(id, self.raw.get_quantum_processor(id)))

    async def _of_processor(self, id: str, answer: Awaitable[A]) -> A:
        """What is asked of a processor; the error for one that there is not has the nearest name."""
        try:
            return await answer
        except NotFoundError as error:
            missing = error
        try:
            known = [device.id async for device in self.devices()]
        except AnyQPUError:
            known = [id]
        if id in known:
            # There is the processor, and not what was asked of it.
            raise missing
        raise no_device(
            id,
            known,
            provider=self.provider,
            operation=missing.operation,
            status_code=missing.status_code,
            request_id=missing.request_id,
        )

    async def isa(self, device: str | Device) -> InstructionSetArchitecture:
        """A processor's instruction set architecture, as the cloud has it (GetInstructionSetArchitecture).

        `calibration` has the same in the common form.

        Raises:
            NotFoundError: There is no such processor.
        """
        id = self._id(device)
        return await self._of_processor(id, self.raw.get_instruction_set_architecture(id))

    async def calibration(self, device: str | Device) -> Calibration:
        """How well each qubit and each pair works, and which pairs there are (GetInstructionSetArchitecture).

        Every figure of the instruction set architecture is one of `sites`, instructions first, then benchmarks;
        durations such as T1 are in seconds. `topology` has qubits and couplings.

        Raises:
            NotFoundError: There is no such processor.
        """
        return mapping.calibration_of(await self.isa(device), self._id(device))

    async def topology(self, device: str | Device) -> Topology | None:
        """Qubits and couplings, which are part of the calibration (GetInstructionSetArchitecture)."""
        return (await self.calibration(device)).topology

    async def quilt_calibrations(self, device: str | Device) -> QuiltCalibrations:
        """How a processor's gates are made of pulses, as Quil-T (GetQuiltCalibrations).

        Today's service has moved this elsewhere, and may answer with `NotFoundError`.
        """
        id = self._id(device)
        raw = await self._of_processor(id, self.raw.get_quilt_calibrations(id))
        return mapping.quilt_of(raw, id)

    async def translate(
        self,
        program: ProgramSource,
        *,
        device: str | Device,
        shots: int,
        settings_timestamp: datetime | None = None,
    ) -> Translation:
        """A program made ready for execution (TranslateNativeQuilToEncryptedBinary); `submit` does this itself.

        Args:
            program: Native Quil, as text, the path of a file, or an object of pyQuil.
            device: The processor that it is for, and for no other.
            shots: How often it will run; that is part of the translated program.
            settings_timestamp: For which calibration; None for the present one.

        Raises:
            ValidationError: The program is no Quil, or the cloud cannot translate it.
            NotFoundError: There is no such processor; today's service has moved translation elsewhere.
        """
        id, shots = self._id(device), checked_shots(shots, self.provider)
        loaded = await load_program(program)
        if loaded.format is not ProgramFormat.QUIL:
            raise ValidationError(
                f"Rigetti's processors take Quil, not {loaded.format}",
                provider=self.provider,
                fields=("program",),
                hint="Compile it to native Quil first, with Rigetti's quilc",
            )
        body = TranslateNativeQuilToEncryptedBinaryRequest(quil=loaded.text, num_shots=shots)
        if settings_timestamp is not None:
            body.settings_timestamp = mapping.time_to_send(settings_timestamp, "settings_timestamp").isoformat()
        raw = await self._of_processor(id, self.raw.translate_native_quil_to_encrypted_binary(id, body=body))
        return mapping.translation_of(raw, id, shots, _DECLARED.findall(loaded.text))

    def _id(self, device: str | Device) -> str:
        return mapping.needed(device.id if isinstance(device, Device) else device, "device", "Aspen-9")
