"""The methods of each service, with their messages."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from google.protobuf.message import Message

from anyqpu_grpc.rigetti import controller_pb2, translation_pb2

RequestT = TypeVar("RequestT", bound=Message)
ResponseT = TypeVar("ResponseT", bound=Message)


class Method(NamedTuple, Generic[RequestT, ResponseT]):
    """A method that takes one message and returns one."""

    service: str
    name: str
    request: type[RequestT]
    response: type[ResponseT]

    @property
    def path(self) -> str:
        """The path of a request."""
        return f"/{self.service}/{self.name}"


EXECUTE_CONTROLLER_JOB = Method(
    "services.controller.Controller",
    "ExecuteControllerJob",
    controller_pb2.ExecuteControllerJobRequest,
    controller_pb2.ExecuteControllerJobResponse,
)
BATCH_EXECUTE_CONTROLLER_JOBS = Method(
    "services.controller.Controller",
    "BatchExecuteControllerJobs",
    controller_pb2.BatchExecuteControllerJobsRequest,
    controller_pb2.BatchExecuteControllerJobsResponse,
)
GET_CONTROLLER_JOB_STATUS = Method(
    "services.controller.Controller",
    "GetControllerJobStatus",
    controller_pb2.GetControllerJobStatusRequest,
    controller_pb2.GetControllerJobStatusResponse,
)
GET_CONTROLLER_JOB_RESULTS = Method(
    "services.controller.Controller",
    "GetControllerJobResults",
    controller_pb2.GetControllerJobResultsRequest,
    controller_pb2.GetControllerJobResultsResponse,
)
CANCEL_CONTROLLER_JOBS = Method(
    "services.controller.Controller",
    "CancelControllerJobs",
    controller_pb2.CancelControllerJobsRequest,
    controller_pb2.CancelControllerJobsResponse,
)
CONTROLLER = (
    EXECUTE_CONTROLLER_JOB,
    BATCH_EXECUTE_CONTROLLER_JOBS,
    GET_CONTROLLER_JOB_STATUS,
    GET_CONTROLLER_JOB_RESULTS,
    CANCEL_CONTROLLER_JOBS,
)

TRANSLATE_QUIL_TO_ENCRYPTED_CONTROLLER_JOB = Method(
    "services.translation.Translation",
    "TranslateQuilToEncryptedControllerJob",
    translation_pb2.TranslateQuilToEncryptedControllerJobRequest,
    translation_pb2.TranslateQuilToEncryptedControllerJobResponse,
)
GET_QUANTUM_PROCESSOR_QUIL_CALIBRATION_PROGRAM = Method(
    "services.translation.Translation",
    "GetQuantumProcessorQuilCalibrationProgram",
    translation_pb2.GetQuantumProcessorQuilCalibrationProgramRequest,
    translation_pb2.GetQuantumProcessorQuilCalibrationProgramResponse,
)
TRANSLATION = (TRANSLATE_QUIL_TO_ENCRYPTED_CONTROLLER_JOB, GET_QUANTUM_PROCESSOR_QUIL_CALIBRATION_PROGRAM)
