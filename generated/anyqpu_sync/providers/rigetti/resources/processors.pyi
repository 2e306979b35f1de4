"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.processors`. Written by scripts/sync."""

from datetime import datetime

from anyqpu_raw.rigetti.models.instruction_set_architecture import InstructionSetArchitecture
from anyqpu_sync.paging.pager import Pager

from anyqpu.model.calibration import Calibration
from anyqpu.model.device import Device
from anyqpu.model.program import ProgramSource
from anyqpu.providers.rigetti.records import Accessor, QuiltCalibrations, Translation

class Processors:
    """What Rigetti has for its processors besides the common verbs."""
    def isa(self, device: str | Device) -> InstructionSetArchitecture:
        """Return the instruction set architecture of a processor (GetInstructionSetArchitecture).

        `calibration` has the same in the common form.

        Raises:
            NotFoundError: There is no such processor; the hint has the nearest name.
        """
        ...
    def calibrations(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Calibration]:
        """List the calibrations of all processors (ListInstructionSetArchitectures); no credentials needed.

        A server of 2022 responds with `NotFoundError`; `calibration` returns one there.

        Args:
            page_size: Calibrations per request, at most 5; None: 5.
            resume_token: `resume_token` of a pager of the same list.
        """
        ...
    def accessors(self, device: str | Device) -> list[Accessor]:
        """Return where a processor accepts programs over gRPC, the lowest rank first (GetQuantumProcessorAccessors).

        No credentials are needed. A server of 2022 does not have accessors.

        Raises:
            NotFoundError: The processor does not exist, or has no accessors.
        """
        ...
    def calendar(self, device: str | Device) -> str | None:
        """Return when a processor is maintained, as an iCalendar text of RFC 5545 (GetQuantumProcessorCalendar).

        Returns None where nothing is planned.

        Raises:
            NotFoundError: The processor does not exist, or has no calendar.
        """
        ...
    def quilt_calibrations(self, device: str | Device) -> QuiltCalibrations:
        """Return the pulses of a processor's gates, as Quil-T.

        Over gRPC where programs are executed so (GetQuantumProcessorQuilCalibrationProgram, extra `rigetti`), and
        otherwise as the service had them in 2022 (GetQuiltCalibrations).
        """
        ...
    def translate(
        self, program: ProgramSource, *, device: str | Device, shots: int, settings_timestamp: datetime | None = None
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
        ...
