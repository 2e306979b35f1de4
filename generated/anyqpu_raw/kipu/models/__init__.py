"""Models of Hub Quantum Workload API; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .availability_times import AvailabilityTimes as AvailabilityTimes
    from .aws_ahs_job_input import AwsAHSJobInput as AwsAHSJobInput
    from .aws_ahs_job_input_ahs_program import AwsAHSJobInputAhsProgram as AwsAHSJobInputAhsProgram
    from .aws_ahs_job_input_ahs_program_hamiltonian import (
        AwsAHSJobInputAhsProgramHamiltonian as AwsAHSJobInputAhsProgramHamiltonian,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude_time_series import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitudeTimeSeries as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitudeTimeSeries,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning_time_series import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series import (
        AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries as AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item import (
        AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem as AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude import (
        AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude as AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude,
    )
    from .aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude_time_series import (
        AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitudeTimeSeries as AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitudeTimeSeries,
    )
    from .aws_ahs_job_input_ahs_program_setup import AwsAHSJobInputAhsProgramSetup as AwsAHSJobInputAhsProgramSetup
    from .aws_ahs_job_input_ahs_program_setup_ahs_register import (
        AwsAHSJobInputAhsProgramSetupAhsRegister as AwsAHSJobInputAhsProgramSetupAhsRegister,
    )
    from .aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item import (
        AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem as AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem,
    )
    from .aws_ahs_job_input_params import AwsAHSJobInputParams as AwsAHSJobInputParams
    from .aws_qasm3_job_input import AwsQASM3JobInput as AwsQASM3JobInput
    from .aws_qasm3_job_input_params import AwsQASM3JobInputParams as AwsQASM3JobInputParams
    from .azure_ionq_job_input import AzureIonqJobInput as AzureIonqJobInput
    from .azure_ionq_job_input_circuit_item import AzureIonqJobInputCircuitItem as AzureIonqJobInputCircuitItem
    from .azure_ionq_job_input_circuit_item_gate import (
        AzureIonqJobInputCircuitItemGate as AzureIonqJobInputCircuitItemGate,
    )
    from .azure_ionq_job_input_gateset import AzureIonqJobInputGateset as AzureIonqJobInputGateset
    from .azure_ionq_job_input_params import AzureIonqJobInputParams as AzureIonqJobInputParams
    from .backend import Backend as Backend
    from .backend_access_type import BackendAccessType as BackendAccessType
    from .backend_hardware_provider import BackendHardwareProvider as BackendHardwareProvider
    from .backend_sdk import BackendSdk as BackendSdk
    from .backend_state_info import BackendStateInfo as BackendStateInfo
    from .backend_state_info_status import BackendStateInfoStatus as BackendStateInfoStatus
    from .backend_technology import BackendTechnology as BackendTechnology
    from .backend_type import BackendType as BackendType
    from .calibration_response import CalibrationResponse as CalibrationResponse
    from .configuration import Configuration as Configuration
    from .configuration_output_format import ConfigurationOutputFormat as ConfigurationOutputFormat
    from .connectivity import Connectivity as Connectivity
    from .create_job_request import CreateJobRequest as CreateJobRequest
    from .create_session_request import CreateSessionRequest as CreateSessionRequest
    from .documentation import Documentation as Documentation
    from .estimator_v2_input import EstimatorV2Input as EstimatorV2Input
    from .estimator_v2_input_options import EstimatorV2InputOptions as EstimatorV2InputOptions
    from .estimator_v2_input_options_dynamical_decoupling import (
        EstimatorV2InputOptionsDynamicalDecoupling as EstimatorV2InputOptionsDynamicalDecoupling,
    )
    from .estimator_v2_input_options_dynamical_decoupling_extra_slack_distribution import (
        EstimatorV2InputOptionsDynamicalDecouplingExtraSlackDistribution as EstimatorV2InputOptionsDynamicalDecouplingExtraSlackDistribution,
    )
    from .estimator_v2_input_options_dynamical_decoupling_scheduling_method import (
        EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod as EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod,
    )
    from .estimator_v2_input_options_dynamical_decoupling_sequence_type import (
        EstimatorV2InputOptionsDynamicalDecouplingSequenceType as EstimatorV2InputOptionsDynamicalDecouplingSequenceType,
    )
    from .estimator_v2_input_options_execution import (
        EstimatorV2InputOptionsExecution as EstimatorV2InputOptionsExecution,
    )
    from .estimator_v2_input_options_resilience import (
        EstimatorV2InputOptionsResilience as EstimatorV2InputOptionsResilience,
    )
    from .estimator_v2_input_options_resilience_layer_noise_learning import (
        EstimatorV2InputOptionsResilienceLayerNoiseLearning as EstimatorV2InputOptionsResilienceLayerNoiseLearning,
    )
    from .estimator_v2_input_options_resilience_measure_noise_learning import (
        EstimatorV2InputOptionsResilienceMeasureNoiseLearning as EstimatorV2InputOptionsResilienceMeasureNoiseLearning,
    )
    from .estimator_v2_input_options_resilience_measure_noise_learning_shots_per_randomization_type_1 import (
        EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1 as EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1,
    )
    from .estimator_v2_input_options_resilience_pec import (
        EstimatorV2InputOptionsResiliencePec as EstimatorV2InputOptionsResiliencePec,
    )
    from .estimator_v2_input_options_resilience_pec_noise_gain_type_1 import (
        EstimatorV2InputOptionsResiliencePecNoiseGainType1 as EstimatorV2InputOptionsResiliencePecNoiseGainType1,
    )
    from .estimator_v2_input_options_resilience_zne import (
        EstimatorV2InputOptionsResilienceZne as EstimatorV2InputOptionsResilienceZne,
    )
    from .estimator_v2_input_options_resilience_zne_amplifier import (
        EstimatorV2InputOptionsResilienceZneAmplifier as EstimatorV2InputOptionsResilienceZneAmplifier,
    )
    from .estimator_v2_input_options_resilience_zne_extrapolator_type_0_item import (
        EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item as EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item,
    )
    from .estimator_v2_input_options_resilience_zne_extrapolator_type_1 import (
        EstimatorV2InputOptionsResilienceZneExtrapolatorType1 as EstimatorV2InputOptionsResilienceZneExtrapolatorType1,
    )
    from .estimator_v2_input_options_simulator import (
        EstimatorV2InputOptionsSimulator as EstimatorV2InputOptionsSimulator,
    )
    from .estimator_v2_input_options_twirling import EstimatorV2InputOptionsTwirling as EstimatorV2InputOptionsTwirling
    from .estimator_v2_input_options_twirling_num_randomizations_type_1 import (
        EstimatorV2InputOptionsTwirlingNumRandomizationsType1 as EstimatorV2InputOptionsTwirlingNumRandomizationsType1,
    )
    from .estimator_v2_input_options_twirling_shots_per_randomization_type_1 import (
        EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1 as EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1,
    )
    from .estimator_v2_input_options_twirling_strategy import (
        EstimatorV2InputOptionsTwirlingStrategy as EstimatorV2InputOptionsTwirlingStrategy,
    )
    from .estimator_v2_input_resilience_level import EstimatorV2InputResilienceLevel as EstimatorV2InputResilienceLevel
    from .estimator_v2_input_version import EstimatorV2InputVersion as EstimatorV2InputVersion
    from .gate import Gate as Gate
    from .ibm_job_input_params import IBMJobInputParams as IBMJobInputParams
    from .ibm_job_input_params_log_level import IBMJobInputParamsLogLevel as IBMJobInputParamsLogLevel
    from .input_format import InputFormat as InputFormat
    from .iqm_job_input import IQMJobInput as IQMJobInput
    from .iqm_job_input_circuits_item import IQMJobInputCircuitsItem as IQMJobInputCircuitsItem
    from .iqm_job_input_circuits_item_args import IQMJobInputCircuitsItemArgs as IQMJobInputCircuitsItemArgs
    from .iqm_job_input_circuits_item_instructions_item import (
        IQMJobInputCircuitsItemInstructionsItem as IQMJobInputCircuitsItemInstructionsItem,
    )
    from .iqm_job_input_circuits_item_instructions_item_args import (
        IQMJobInputCircuitsItemInstructionsItemArgs as IQMJobInputCircuitsItemInstructionsItemArgs,
    )
    from .iqm_job_input_dd_mode import IQMJobInputDdMode as IQMJobInputDdMode
    from .iqm_job_input_dd_strategy import IQMJobInputDdStrategy as IQMJobInputDdStrategy
    from .iqm_job_input_heralding_mode import IQMJobInputHeraldingMode as IQMJobInputHeraldingMode
    from .iqm_job_input_move_gate_frame_tracking_mode import (
        IQMJobInputMoveGateFrameTrackingMode as IQMJobInputMoveGateFrameTrackingMode,
    )
    from .iqm_job_input_move_validation_mode import IQMJobInputMoveValidationMode as IQMJobInputMoveValidationMode
    from .iqm_job_input_params import IQMJobInputParams as IQMJobInputParams
    from .iqm_job_input_qubit_mapping_item import IQMJobInputQubitMappingItem as IQMJobInputQubitMappingItem
    from .job import Job as Job
    from .job_status import JobStatus as JobStatus
    from .job_status_response import JobStatusResponse as JobStatusResponse
    from .kipu_job_input import KipuJobInput as KipuJobInput
    from .kipu_job_input_params import KipuJobInputParams as KipuJobInputParams
    from .kipu_job_input_params_mode import KipuJobInputParamsMode as KipuJobInputParamsMode
    from .noise_learner_input import NoiseLearnerInput as NoiseLearnerInput
    from .noise_learner_input_options import NoiseLearnerInputOptions as NoiseLearnerInputOptions
    from .noise_learner_input_options_simulator import (
        NoiseLearnerInputOptionsSimulator as NoiseLearnerInputOptionsSimulator,
    )
    from .noise_learner_input_options_twirling_strategy import (
        NoiseLearnerInputOptionsTwirlingStrategy as NoiseLearnerInputOptionsTwirlingStrategy,
    )
    from .noise_learner_input_version import NoiseLearnerInputVersion as NoiseLearnerInputVersion
    from .normalized_counts_result import NormalizedCountsResult as NormalizedCountsResult
    from .normalized_counts_result_type import NormalizedCountsResultType as NormalizedCountsResultType
    from .normalized_error_result import NormalizedErrorResult as NormalizedErrorResult
    from .normalized_error_result_type import NormalizedErrorResultType as NormalizedErrorResultType
    from .normalized_expectation_values_result import (
        NormalizedExpectationValuesResult as NormalizedExpectationValuesResult,
    )
    from .normalized_expectation_values_result_type import (
        NormalizedExpectationValuesResultType as NormalizedExpectationValuesResultType,
    )
    from .normalized_job_input import NormalizedJobInput as NormalizedJobInput
    from .normalized_job_result import NormalizedJobResult as NormalizedJobResult
    from .normalized_memory_result import NormalizedMemoryResult as NormalizedMemoryResult
    from .normalized_probabilities_result import NormalizedProbabilitiesResult as NormalizedProbabilitiesResult
    from .normalized_probabilities_result_type import (
        NormalizedProbabilitiesResultType as NormalizedProbabilitiesResultType,
    )
    from .normalized_pub import NormalizedPub as NormalizedPub
    from .normalized_unmapped_result import NormalizedUnmappedResult as NormalizedUnmappedResult
    from .normalized_unmapped_result_type import NormalizedUnmappedResultType as NormalizedUnmappedResultType
    from .page_response_calibration_response import PageResponseCalibrationResponse as PageResponseCalibrationResponse
    from .page_response_job import PageResponseJob as PageResponseJob
    from .page_response_workload_response import PageResponseWorkloadResponse as PageResponseWorkloadResponse
    from .photonic_properties import PhotonicProperties as PhotonicProperties
    from .provider import Provider as Provider
    from .qasm_circuit import QasmCircuit as QasmCircuit
    from .qasm_format import QasmFormat as QasmFormat
    from .qasm_program import QasmProgram as QasmProgram
    from .quandela_job_input_params import QuandelaJobInputParams as QuandelaJobInputParams
    from .qubit import Qubit as Qubit
    from .qudora_job_input import QudoraJobInput as QudoraJobInput
    from .qudora_job_input_params import QudoraJobInputParams as QudoraJobInputParams
    from .qudora_job_input_params_language import QudoraJobInputParamsLanguage as QudoraJobInputParamsLanguage
    from .runtime_minutes_allowance import RuntimeMinutesAllowance as RuntimeMinutesAllowance
    from .runtime_minutes_response import RuntimeMinutesResponse as RuntimeMinutesResponse
    from .sampler_v2_input import SamplerV2Input as SamplerV2Input
    from .sampler_v2_input_options import SamplerV2InputOptions as SamplerV2InputOptions
    from .sampler_v2_input_options_dynamical_decoupling import (
        SamplerV2InputOptionsDynamicalDecoupling as SamplerV2InputOptionsDynamicalDecoupling,
    )
    from .sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution import (
        SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution as SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution,
    )
    from .sampler_v2_input_options_dynamical_decoupling_scheduling_method import (
        SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod as SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod,
    )
    from .sampler_v2_input_options_dynamical_decoupling_sequence_type import (
        SamplerV2InputOptionsDynamicalDecouplingSequenceType as SamplerV2InputOptionsDynamicalDecouplingSequenceType,
    )
    from .sampler_v2_input_options_execution import SamplerV2InputOptionsExecution as SamplerV2InputOptionsExecution
    from .sampler_v2_input_options_execution_meas_type import (
        SamplerV2InputOptionsExecutionMeasType as SamplerV2InputOptionsExecutionMeasType,
    )
    from .sampler_v2_input_options_simulator import SamplerV2InputOptionsSimulator as SamplerV2InputOptionsSimulator
    from .sampler_v2_input_options_twirling import SamplerV2InputOptionsTwirling as SamplerV2InputOptionsTwirling
    from .sampler_v2_input_options_twirling_num_randomizations_type_1 import (
        SamplerV2InputOptionsTwirlingNumRandomizationsType1 as SamplerV2InputOptionsTwirlingNumRandomizationsType1,
    )
    from .sampler_v2_input_options_twirling_shots_per_randomization_type_1 import (
        SamplerV2InputOptionsTwirlingShotsPerRandomizationType1 as SamplerV2InputOptionsTwirlingShotsPerRandomizationType1,
    )
    from .sampler_v2_input_options_twirling_strategy import (
        SamplerV2InputOptionsTwirlingStrategy as SamplerV2InputOptionsTwirlingStrategy,
    )
    from .sampler_v2_input_version import SamplerV2InputVersion as SamplerV2InputVersion
    from .sdk_name import SdkName as SdkName
    from .sdk_provider import SdkProvider as SdkProvider
    from .session import Session as Session
    from .session_mode import SessionMode as SessionMode
    from .session_state_update_request import SessionStateUpdateRequest as SessionStateUpdateRequest
    from .session_status import SessionStatus as SessionStatus
    from .session_status_response import SessionStatusResponse as SessionStatusResponse
    from .shots_range import ShotsRange as ShotsRange
    from .usage_time_state import UsageTimeState as UsageTimeState
    from .workload_response import WorkloadResponse as WorkloadResponse
    from .workload_response_mode import WorkloadResponseMode as WorkloadResponseMode
    from .workload_response_type import WorkloadResponseType as WorkloadResponseType

_MODULES = {
    "AvailabilityTimes": ".availability_times",
    "AwsAHSJobInput": ".aws_ahs_job_input",
    "AwsAHSJobInputAhsProgram": ".aws_ahs_job_input_ahs_program",
    "AwsAHSJobInputAhsProgramHamiltonian": ".aws_ahs_job_input_ahs_program_hamiltonian",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitudeTimeSeries": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_amplitude_time_series",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_detuning_time_series",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries": ".aws_ahs_job_input_ahs_program_hamiltonian_driving_fields_item_phase_time_series",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem": ".aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude": ".aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitudeTimeSeries": ".aws_ahs_job_input_ahs_program_hamiltonian_local_detuning_item_magnitude_time_series",
    "AwsAHSJobInputAhsProgramSetup": ".aws_ahs_job_input_ahs_program_setup",
    "AwsAHSJobInputAhsProgramSetupAhsRegister": ".aws_ahs_job_input_ahs_program_setup_ahs_register",
    "AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem": ".aws_ahs_job_input_ahs_program_setup_ahs_register_filling_item",
    "AwsAHSJobInputParams": ".aws_ahs_job_input_params",
    "AwsQASM3JobInput": ".aws_qasm3_job_input",
    "AwsQASM3JobInputParams": ".aws_qasm3_job_input_params",
    "AzureIonqJobInput": ".azure_ionq_job_input",
    "AzureIonqJobInputCircuitItem": ".azure_ionq_job_input_circuit_item",
    "AzureIonqJobInputCircuitItemGate": ".azure_ionq_job_input_circuit_item_gate",
    "AzureIonqJobInputGateset": ".azure_ionq_job_input_gateset",
    "AzureIonqJobInputParams": ".azure_ionq_job_input_params",
    "Backend": ".backend",
    "BackendAccessType": ".backend_access_type",
    "BackendHardwareProvider": ".backend_hardware_provider",
    "BackendSdk": ".backend_sdk",
    "BackendStateInfo": ".backend_state_info",
    "BackendStateInfoStatus": ".backend_state_info_status",
    "BackendTechnology": ".backend_technology",
    "BackendType": ".backend_type",
    "CalibrationResponse": ".calibration_response",
    "Configuration": ".configuration",
    "ConfigurationOutputFormat": ".configuration_output_format",
    "Connectivity": ".connectivity",
    "CreateJobRequest": ".create_job_request",
    "CreateSessionRequest": ".create_session_request",
    "Documentation": ".documentation",
    "EstimatorV2Input": ".estimator_v2_input",
    "EstimatorV2InputOptions": ".estimator_v2_input_options",
    "EstimatorV2InputOptionsDynamicalDecoupling": ".estimator_v2_input_options_dynamical_decoupling",
    "EstimatorV2InputOptionsDynamicalDecouplingExtraSlackDistribution": ".estimator_v2_input_options_dynamical_decoupling_extra_slack_distribution",
    "EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod": ".estimator_v2_input_options_dynamical_decoupling_scheduling_method",
    "EstimatorV2InputOptionsDynamicalDecouplingSequenceType": ".estimator_v2_input_options_dynamical_decoupling_sequence_type",
    "EstimatorV2InputOptionsExecution": ".estimator_v2_input_options_execution",
    "EstimatorV2InputOptionsResilience": ".estimator_v2_input_options_resilience",
    "EstimatorV2InputOptionsResilienceLayerNoiseLearning": ".estimator_v2_input_options_resilience_layer_noise_learning",
    "EstimatorV2InputOptionsResilienceMeasureNoiseLearning": ".estimator_v2_input_options_resilience_measure_noise_learning",
    "EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1": ".estimator_v2_input_options_resilience_measure_noise_learning_shots_per_randomization_type_1",
    "EstimatorV2InputOptionsResiliencePec": ".estimator_v2_input_options_resilience_pec",
    "EstimatorV2InputOptionsResiliencePecNoiseGainType1": ".estimator_v2_input_options_resilience_pec_noise_gain_type_1",
    "EstimatorV2InputOptionsResilienceZne": ".estimator_v2_input_options_resilience_zne",
    "EstimatorV2InputOptionsResilienceZneAmplifier": ".estimator_v2_input_options_resilience_zne_amplifier",
    "EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item": ".estimator_v2_input_options_resilience_zne_extrapolator_type_0_item",
    "EstimatorV2InputOptionsResilienceZneExtrapolatorType1": ".estimator_v2_input_options_resilience_zne_extrapolator_type_1",
    "EstimatorV2InputOptionsSimulator": ".estimator_v2_input_options_simulator",
    "EstimatorV2InputOptionsTwirling": ".estimator_v2_input_options_twirling",
    "EstimatorV2InputOptionsTwirlingNumRandomizationsType1": ".estimator_v2_input_options_twirling_num_randomizations_type_1",
    "EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1": ".estimator_v2_input_options_twirling_shots_per_randomization_type_1",
    "EstimatorV2InputOptionsTwirlingStrategy": ".estimator_v2_input_options_twirling_strategy",
    "EstimatorV2InputResilienceLevel": ".estimator_v2_input_resilience_level",
    "EstimatorV2InputVersion": ".estimator_v2_input_version",
    "Gate": ".gate",
    "IBMJobInputParams": ".ibm_job_input_params",
    "IBMJobInputParamsLogLevel": ".ibm_job_input_params_log_level",
    "InputFormat": ".input_format",
    "IQMJobInput": ".iqm_job_input",
    "IQMJobInputCircuitsItem": ".iqm_job_input_circuits_item",
    "IQMJobInputCircuitsItemArgs": ".iqm_job_input_circuits_item_args",
    "IQMJobInputCircuitsItemInstructionsItem": ".iqm_job_input_circuits_item_instructions_item",
    "IQMJobInputCircuitsItemInstructionsItemArgs": ".iqm_job_input_circuits_item_instructions_item_args",
    "IQMJobInputDdMode": ".iqm_job_input_dd_mode",
    "IQMJobInputDdStrategy": ".iqm_job_input_dd_strategy",
    "IQMJobInputHeraldingMode": ".iqm_job_input_heralding_mode",
    "IQMJobInputMoveGateFrameTrackingMode": ".iqm_job_input_move_gate_frame_tracking_mode",
    "IQMJobInputMoveValidationMode": ".iqm_job_input_move_validation_mode",
    "IQMJobInputParams": ".iqm_job_input_params",
    "IQMJobInputQubitMappingItem": ".iqm_job_input_qubit_mapping_item",
    "Job": ".job",
    "JobStatus": ".job_status",
    "JobStatusResponse": ".job_status_response",
    "KipuJobInput": ".kipu_job_input",
    "KipuJobInputParams": ".kipu_job_input_params",
    "KipuJobInputParamsMode": ".kipu_job_input_params_mode",
    "NoiseLearnerInput": ".noise_learner_input",
    "NoiseLearnerInputOptions": ".noise_learner_input_options",
    "NoiseLearnerInputOptionsSimulator": ".noise_learner_input_options_simulator",
    "NoiseLearnerInputOptionsTwirlingStrategy": ".noise_learner_input_options_twirling_strategy",
    "NoiseLearnerInputVersion": ".noise_learner_input_version",
    "NormalizedCountsResult": ".normalized_counts_result",
    "NormalizedCountsResultType": ".normalized_counts_result_type",
    "NormalizedErrorResult": ".normalized_error_result",
    "NormalizedErrorResultType": ".normalized_error_result_type",
    "NormalizedExpectationValuesResult": ".normalized_expectation_values_result",
    "NormalizedExpectationValuesResultType": ".normalized_expectation_values_result_type",
    "NormalizedJobInput": ".normalized_job_input",
    "NormalizedJobResult": ".normalized_job_result",
    "NormalizedMemoryResult": ".normalized_memory_result",
    "NormalizedProbabilitiesResult": ".normalized_probabilities_result",
    "NormalizedProbabilitiesResultType": ".normalized_probabilities_result_type",
    "NormalizedPub": ".normalized_pub",
    "NormalizedUnmappedResult": ".normalized_unmapped_result",
    "NormalizedUnmappedResultType": ".normalized_unmapped_result_type",
    "PageResponseCalibrationResponse": ".page_response_calibration_response",
    "PageResponseJob": ".page_response_job",
    "PageResponseWorkloadResponse": ".page_response_workload_response",
    "PhotonicProperties": ".photonic_properties",
    "Provider": ".provider",
    "QasmCircuit": ".qasm_circuit",
    "QasmFormat": ".qasm_format",
    "QasmProgram": ".qasm_program",
    "QuandelaJobInputParams": ".quandela_job_input_params",
    "Qubit": ".qubit",
    "QudoraJobInput": ".qudora_job_input",
    "QudoraJobInputParams": ".qudora_job_input_params",
    "QudoraJobInputParamsLanguage": ".qudora_job_input_params_language",
    "RuntimeMinutesAllowance": ".runtime_minutes_allowance",
    "RuntimeMinutesResponse": ".runtime_minutes_response",
    "SamplerV2Input": ".sampler_v2_input",
    "SamplerV2InputOptions": ".sampler_v2_input_options",
    "SamplerV2InputOptionsDynamicalDecoupling": ".sampler_v2_input_options_dynamical_decoupling",
    "SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution": ".sampler_v2_input_options_dynamical_decoupling_extra_slack_distribution",
    "SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod": ".sampler_v2_input_options_dynamical_decoupling_scheduling_method",
    "SamplerV2InputOptionsDynamicalDecouplingSequenceType": ".sampler_v2_input_options_dynamical_decoupling_sequence_type",
    "SamplerV2InputOptionsExecution": ".sampler_v2_input_options_execution",
    "SamplerV2InputOptionsExecutionMeasType": ".sampler_v2_input_options_execution_meas_type",
    "SamplerV2InputOptionsSimulator": ".sampler_v2_input_options_simulator",
    "SamplerV2InputOptionsTwirling": ".sampler_v2_input_options_twirling",
    "SamplerV2InputOptionsTwirlingNumRandomizationsType1": ".sampler_v2_input_options_twirling_num_randomizations_type_1",
    "SamplerV2InputOptionsTwirlingShotsPerRandomizationType1": ".sampler_v2_input_options_twirling_shots_per_randomization_type_1",
    "SamplerV2InputOptionsTwirlingStrategy": ".sampler_v2_input_options_twirling_strategy",
    "SamplerV2InputVersion": ".sampler_v2_input_version",
    "SdkName": ".sdk_name",
    "SdkProvider": ".sdk_provider",
    "Session": ".session",
    "SessionMode": ".session_mode",
    "SessionStateUpdateRequest": ".session_state_update_request",
    "SessionStatus": ".session_status",
    "SessionStatusResponse": ".session_status_response",
    "ShotsRange": ".shots_range",
    "UsageTimeState": ".usage_time_state",
    "WorkloadResponse": ".workload_response",
    "WorkloadResponseMode": ".workload_response_mode",
    "WorkloadResponseType": ".workload_response_type",
}

__all__ = [  # noqa: PLE0604
    "AvailabilityTimes",
    "AwsAHSJobInput",
    "AwsAHSJobInputAhsProgram",
    "AwsAHSJobInputAhsProgramHamiltonian",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItem",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitude",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemAmplitudeTimeSeries",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuning",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemDetuningTimeSeries",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhase",
    "AwsAHSJobInputAhsProgramHamiltonianDrivingFieldsItemPhaseTimeSeries",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItem",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitude",
    "AwsAHSJobInputAhsProgramHamiltonianLocalDetuningItemMagnitudeTimeSeries",
    "AwsAHSJobInputAhsProgramSetup",
    "AwsAHSJobInputAhsProgramSetupAhsRegister",
    "AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem",
    "AwsAHSJobInputParams",
    "AwsQASM3JobInput",
    "AwsQASM3JobInputParams",
    "AzureIonqJobInput",
    "AzureIonqJobInputCircuitItem",
    "AzureIonqJobInputCircuitItemGate",
    "AzureIonqJobInputGateset",
    "AzureIonqJobInputParams",
    "Backend",
    "BackendAccessType",
    "BackendHardwareProvider",
    "BackendSdk",
    "BackendStateInfo",
    "BackendStateInfoStatus",
    "BackendTechnology",
    "BackendType",
    "CalibrationResponse",
    "Configuration",
    "ConfigurationOutputFormat",
    "Connectivity",
    "CreateJobRequest",
    "CreateSessionRequest",
    "Documentation",
    "EstimatorV2Input",
    "EstimatorV2InputOptions",
    "EstimatorV2InputOptionsDynamicalDecoupling",
    "EstimatorV2InputOptionsDynamicalDecouplingExtraSlackDistribution",
    "EstimatorV2InputOptionsDynamicalDecouplingSchedulingMethod",
    "EstimatorV2InputOptionsDynamicalDecouplingSequenceType",
    "EstimatorV2InputOptionsExecution",
    "EstimatorV2InputOptionsResilience",
    "EstimatorV2InputOptionsResilienceLayerNoiseLearning",
    "EstimatorV2InputOptionsResilienceMeasureNoiseLearning",
    "EstimatorV2InputOptionsResilienceMeasureNoiseLearningShotsPerRandomizationType1",
    "EstimatorV2InputOptionsResiliencePec",
    "EstimatorV2InputOptionsResiliencePecNoiseGainType1",
    "EstimatorV2InputOptionsResilienceZne",
    "EstimatorV2InputOptionsResilienceZneAmplifier",
    "EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item",
    "EstimatorV2InputOptionsResilienceZneExtrapolatorType1",
    "EstimatorV2InputOptionsSimulator",
    "EstimatorV2InputOptionsTwirling",
    "EstimatorV2InputOptionsTwirlingNumRandomizationsType1",
    "EstimatorV2InputOptionsTwirlingShotsPerRandomizationType1",
    "EstimatorV2InputOptionsTwirlingStrategy",
    "EstimatorV2InputResilienceLevel",
    "EstimatorV2InputVersion",
    "Gate",
    "IBMJobInputParams",
    "IBMJobInputParamsLogLevel",
    "InputFormat",
    "IQMJobInput",
    "IQMJobInputCircuitsItem",
    "IQMJobInputCircuitsItemArgs",
    "IQMJobInputCircuitsItemInstructionsItem",
    "IQMJobInputCircuitsItemInstructionsItemArgs",
    "IQMJobInputDdMode",
    "IQMJobInputDdStrategy",
    "IQMJobInputHeraldingMode",
    "IQMJobInputMoveGateFrameTrackingMode",
    "IQMJobInputMoveValidationMode",
    "IQMJobInputParams",
    "IQMJobInputQubitMappingItem",
    "Job",
    "JobStatus",
    "JobStatusResponse",
    "KipuJobInput",
    "KipuJobInputParams",
    "KipuJobInputParamsMode",
    "NoiseLearnerInput",
    "NoiseLearnerInputOptions",
    "NoiseLearnerInputOptionsSimulator",
    "NoiseLearnerInputOptionsTwirlingStrategy",
    "NoiseLearnerInputVersion",
    "NormalizedCountsResult",
    "NormalizedCountsResultType",
    "NormalizedErrorResult",
    "NormalizedErrorResultType",
    "NormalizedExpectationValuesResult",
    "NormalizedExpectationValuesResultType",
    "NormalizedJobInput",
    "NormalizedJobResult",
    "NormalizedMemoryResult",
    "NormalizedProbabilitiesResult",
    "NormalizedProbabilitiesResultType",
    "NormalizedPub",
    "NormalizedUnmappedResult",
    "NormalizedUnmappedResultType",
    "PageResponseCalibrationResponse",
    "PageResponseJob",
    "PageResponseWorkloadResponse",
    "PhotonicProperties",
    "Provider",
    "QasmCircuit",
    "QasmFormat",
    "QasmProgram",
    "QuandelaJobInputParams",
    "Qubit",
    "QudoraJobInput",
    "QudoraJobInputParams",
    "QudoraJobInputParamsLanguage",
    "RuntimeMinutesAllowance",
    "RuntimeMinutesResponse",
    "SamplerV2Input",
    "SamplerV2InputOptions",
    "SamplerV2InputOptionsDynamicalDecoupling",
    "SamplerV2InputOptionsDynamicalDecouplingExtraSlackDistribution",
    "SamplerV2InputOptionsDynamicalDecouplingSchedulingMethod",
    "SamplerV2InputOptionsDynamicalDecouplingSequenceType",
    "SamplerV2InputOptionsExecution",
    "SamplerV2InputOptionsExecutionMeasType",
    "SamplerV2InputOptionsSimulator",
    "SamplerV2InputOptionsTwirling",
    "SamplerV2InputOptionsTwirlingNumRandomizationsType1",
    "SamplerV2InputOptionsTwirlingShotsPerRandomizationType1",
    "SamplerV2InputOptionsTwirlingStrategy",
    "SamplerV2InputVersion",
    "SdkName",
    "SdkProvider",
    "Session",
    "SessionMode",
    "SessionStateUpdateRequest",
    "SessionStatus",
    "SessionStatusResponse",
    "ShotsRange",
    "UsageTimeState",
    "WorkloadResponse",
    "WorkloadResponseMode",
    "WorkloadResponseType",
]


# Type checkers would take any name for a model.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
