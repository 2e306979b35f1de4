from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    decode_models,
    unknown_fields,
)
from . import (
    iqm_job_input_circuits_item as _iqm_job_input_circuits_item,
    iqm_job_input_dd_mode as _iqm_job_input_dd_mode,
    iqm_job_input_dd_strategy as _iqm_job_input_dd_strategy,
    iqm_job_input_heralding_mode as _iqm_job_input_heralding_mode,
    iqm_job_input_move_gate_frame_tracking_mode as _iqm_job_input_move_gate_frame_tracking_mode,
    iqm_job_input_move_validation_mode as _iqm_job_input_move_validation_mode,
    iqm_job_input_qubit_mapping_item as _iqm_job_input_qubit_mapping_item,
)

if TYPE_CHECKING:
    from .iqm_job_input_circuits_item import IQMJobInputCircuitsItem
    from .iqm_job_input_dd_mode import IQMJobInputDdMode
    from .iqm_job_input_dd_strategy import IQMJobInputDdStrategy
    from .iqm_job_input_heralding_mode import IQMJobInputHeraldingMode
    from .iqm_job_input_move_gate_frame_tracking_mode import IQMJobInputMoveGateFrameTrackingMode
    from .iqm_job_input_move_validation_mode import IQMJobInputMoveValidationMode
    from .iqm_job_input_qubit_mapping_item import IQMJobInputQubitMappingItem

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class IQMJobInput(ApiModel):
    """Job input for IQM quantum computers. Represents quantum circuits in the IQM native circuit format.

    Attributes:
        circuits: List of quantum circuits to execute.
        calibration_set_id: ID of the calibration set to use. If not provided, the latest calibration set is used.
        qubit_mapping: Mapping of logical qubit names to physical qubit names.
        custom_settings: Custom settings for the job execution.
        dd_mode: Dynamical decoupling mode.
        dd_strategy: Dynamical decoupling strategy configuration.
        heralding_mode: Heralding mode for the job. When set to 'zeros', a heralding measurement is performed before each
            circuit execution.
        move_gate_frame_tracking_mode: Frame tracking mode for MOVE gates.
        move_validation_mode: Validation mode for MOVE gate sequences.
        max_circuit_duration_over_t2: Maximum ratio of circuit duration to T2 time. If set, circuits exceeding this ratio are rejected.
        active_reset_cycles: Number of active reset cycles to perform before each circuit execution.
    """

    circuits: list[IQMJobInputCircuitsItem]
    calibration_set_id: str | Unset = UNSET
    qubit_mapping: list[IQMJobInputQubitMappingItem] | Unset = UNSET
    custom_settings: dict[str, Any] | Unset = UNSET
    dd_mode: IQMJobInputDdMode | Unset = UNSET
    dd_strategy: IQMJobInputDdStrategy | Unset = UNSET
    heralding_mode: IQMJobInputHeraldingMode | Unset = UNSET
    move_gate_frame_tracking_mode: IQMJobInputMoveGateFrameTrackingMode | Unset = UNSET
    move_validation_mode: IQMJobInputMoveValidationMode | Unset = UNSET
    max_circuit_duration_over_t2: float | Unset = UNSET
    active_reset_cycles: int | Unset = UNSET

    FIELDS = (
        ("circuits", "circuits"),
        ("calibration_set_id", "calibration_set_id"),
        ("qubit_mapping", "qubit_mapping"),
        ("custom_settings", "custom_settings"),
        ("dd_mode", "dd_mode"),
        ("dd_strategy", "dd_strategy"),
        ("heralding_mode", "heralding_mode"),
        ("move_gate_frame_tracking_mode", "move_gate_frame_tracking_mode"),
        ("move_validation_mode", "move_validation_mode"),
        ("max_circuit_duration_over_t2", "max_circuit_duration_over_t2"),
        ("active_reset_cycles", "active_reset_cycles"),
    )
    REQUIRED = frozenset(
        {
            "circuits",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.circuits = decode_models(pop("circuits"), _iqm_job_input_circuits_item.IQMJobInputCircuitsItem)
        self.calibration_set_id = UNSET if (value := pop("calibration_set_id", None)) is None else value
        self.qubit_mapping = (
            UNSET
            if (value := pop("qubit_mapping", None)) is None
            else decode_models(value, _iqm_job_input_qubit_mapping_item.IQMJobInputQubitMappingItem)
        )
        self.custom_settings = UNSET if (value := pop("custom_settings", None)) is None else value
        self.dd_mode = UNSET if (value := pop("dd_mode", None)) is None else _iqm_job_input_dd_mode.read(value)
        self.dd_strategy = (
            UNSET
            if (value := pop("dd_strategy", None)) is None
            else decode_model(value, _iqm_job_input_dd_strategy.IQMJobInputDdStrategy)
        )
        self.heralding_mode = (
            UNSET if (value := pop("heralding_mode", None)) is None else _iqm_job_input_heralding_mode.read(value)
        )
        self.move_gate_frame_tracking_mode = (
            UNSET
            if (value := pop("move_gate_frame_tracking_mode", None)) is None
            else _iqm_job_input_move_gate_frame_tracking_mode.read(value)
        )
        self.move_validation_mode = (
            UNSET
            if (value := pop("move_validation_mode", None)) is None
            else _iqm_job_input_move_validation_mode.read(value)
        )
        self.max_circuit_duration_over_t2 = (
            UNSET if (value := pop("max_circuit_duration_over_t2", None)) is None else value
        )
        self.active_reset_cycles = UNSET if (value := pop("active_reset_cycles", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
