"""Messages of controller.proto."""

from anyqpu_grpc.rigetti._pool import message

ExecuteControllerJobRequest = message("services.controller.ExecuteControllerJobRequest")
ExecutionOptions = message("services.controller.ExecutionOptions")
ExecuteControllerJobResponse = message("services.controller.ExecuteControllerJobResponse")
BatchExecuteControllerJobsRequest = message("services.controller.BatchExecuteControllerJobsRequest")
BatchExecuteControllerJobsResponse = message("services.controller.BatchExecuteControllerJobsResponse")
GetControllerJobStatusRequest = message("services.controller.GetControllerJobStatusRequest")
GetControllerJobStatusResponse = message("services.controller.GetControllerJobStatusResponse")
EstimatedDelay = message("services.controller.EstimatedDelay")
GetControllerJobResultsRequest = message("services.controller.GetControllerJobResultsRequest")
GetControllerJobResultsResponse = message("services.controller.GetControllerJobResultsResponse")
CancelControllerJobsRequest = message("services.controller.CancelControllerJobsRequest")
CancelControllerJobsResponse = message("services.controller.CancelControllerJobsResponse")
