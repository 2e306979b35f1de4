"""Processors: instruction set architectures, accessors, maintenance, pulses, and programs translated for them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from anyqpu_raw.rigetti import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import checked_shots
from anyqpu.errors import Hint, ValidationError
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti.arguments import PROVIDER, device_id, time_to_send

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.model import program as loading
    from anyqpu.model.calibration import Calibration
    from anyqpu.model.device import Device
    from anyqpu.model.program import Program, ProgramSource
    from anyqpu.providers.rigetti import mapping, records
    from anyqpu.providers.rigetti.adapter import RigettiAdapter
    from anyqpu.providers.rigetti.records import Accessor, QuiltCalibrations, Translation
else:
    reading = LazyModule("anyqpu.core.reading")
    loading = LazyModule("anyqpu.model.program")
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")
    records = LazyModule("anyqpu.providers.rigetti.records")

_DECLARED = re.compile(r"^[ \t]*DECLARE[ \t]+([A-Za-z_][\w-]*)", re.MULTILINE)


class Processors:
    """What Rigetti has for its processors besides the common verbs."""

    def __init__(self, adapter: RigettiAdapter) -> None:
        self._adapter = adapter
        self._raw = adapter.raw
        self._of_device = adapter.of_device

    async def isa(self, device: str | Device) -> models.InstructionSetArchitecture:
        """Return the instruction set architecture of a processor (GetInstructionSetArchitecture).

        `calibration` has the same in the common form.

        Raises:
            NotFoundError: There is no such processor; the hint has the nearest name.
        """
        id = device_id(device)
        return await self._of_device(id, self._raw.get_instruction_set_architecture(id))

    def calibrations(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Calibration]:
        """List the calibrations of all processors (ListInstructionSetArchitectures); no credentials needed.

        A server of 2022 responds with `NotFoundError`; `calibration` returns one there.

        Args:
            page_size: Calibrations per request, at most 5; None: 5.
            resume_token: `resume_token` of a pager of the same list.
        """
        return paginate(
            self._raw.list_instruction_set_architectures,
            pages.LIST_INSTRUCTION_SET_ARCHITECTURES,
            to_items=lambda isas: reading.read_each(PROVIDER, isas, mapping.named_calibration_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def accessors(self, device: str | Device) -> list[Accessor]:
        """Return where a processor accepts programs over gRPC, the lowest rank first (GetQuantumProcessorAccessors).

        No credentials are needed. A server of 2022 does not have accessors.

        Raises:
            NotFoundError: The processor does not exist, or has no accessors.
        """
        id = device_id(device)
        response = await self._of_device(id, self._raw.get_quantum_processor_accessors(id))
        return mapping.accessors_of(response, id)

    async def calendar(self, device: str | Device) -> str | None:
        """Return when a processor is maintained, as an iCalendar text of RFC 5545 (GetQuantumProcessorCalendar).

        Returns None where nothing is planned.

        Raises:
            NotFoundError: The processor does not exist, or has no calendar.
        """
        id = device_id(device)
        return mapping.calendar_of(await self._of_device(id, self._raw.get_quantum_processor_calendar(id)))

    async def quilt_calibrations(self, device: str | Device) -> QuiltCalibrations:
        """Return the pulses of a processor's gates, as Quil-T.

        Over gRPC where programs are executed so (GetQuantumProcessorQuilCalibrationProgram, extra `rigetti`), and
        otherwise as the service had them in 2022 (GetQuiltCalibrations).
        """
        id = device_id(device)
        gateway = await self._adapter.gateways.find(id, None)
        if gateway is not None:
            text = await self._adapter.over_grpc.calibrations(id, gateway)
            return records.QuiltCalibrations(provider=PROVIDER, device_id=id, text=text)
        return mapping.quilt_of(await self._of_device(id, self._raw.get_quilt_calibrations(id)), id)

    async def translate(
        self,
        program: ProgramSource,
        *,
        device: str | Device,
        shots: int,
        settings_timestamp: datetime | None = None,
    ) -> Translation:
        """Translate a program for execution (TranslateNativeQuilToEncryptedBinary); `submit` does this itself.

        Args:
            program: Native Quil, as text, the path of a file, or an object of pyQuil.
            device: The processor to translate for.
            shots: How often it will run; that is part of the translated program.
            settings_timestamp: Time of the calibration to translate for; None for the present one.

        Raises:
            ValidationError: The program is not Quil, or Rigetti cannot translate it.
            NotFoundError: There is no such processor; today's service has moved translation elsewhere.
        """
        id, shots = device_id(device), checked_shots(shots, PROVIDER)
        loaded = await load_quil(program)
        body = models.TranslateNativeQuilToEncryptedBinaryRequest(quil=loaded.text, num_shots=shots)
        if settings_timestamp is not None:
            body.settings_timestamp = time_to_send(settings_timestamp, "settings_timestamp").isoformat()
        raw = await self._of_device(id, self._raw.translate_native_quil_to_encrypted_binary(id, body=body))
        return mapping.translation_of(raw, id, shots, _DECLARED.findall(loaded.text))


async def load_quil(source: ProgramSource) -> Program:
    """Return a program in Quil; raise `ValidationError` for one in another language."""
    program = await loading.load_program(source)
    if program.format is not loading.ProgramFormat.QUIL:
        raise ValidationError(
            f"Rigetti's processors take Quil, not {program.format}",
            provider=PROVIDER,
            fields=("program",),
            hint=Hint(
                "Compile it to native Quil first: submit(..., transpile=True), or Rigetti's quilc",
                "Compile it to native Quil first: --transpile, or Rigetti's quilc",
            ),
        )
    return program
