"""Names for the shapes of samples, which the page does not have.

A shape is known by its keys. A sample with other keys is an error, so a new field on the page cannot slip by.
The names follow those of Pasqal's own schemas without their noise (ProducedBatchWithPartialJobsResponse is
BatchWithJobs), because they become the names of Python classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_BATCH_START = "id parent_id status complete open priority device_type user_id project_id created_at updated_at"
_BATCH_END = "jobs_count jobs_count_per_status tags configuration webhook start_datetime end_datetime"
_BATCH = f"{_BATCH_START} sequence_builder {_BATCH_END}"
_JOB_CORE = (
    "id status runs batch_id project_id created_at updated_at start_timestamp end_timestamp variables errors "
    "progress sequence"
)
_JOB = f"{_JOB_CORE} parent_id creation_order"
_WORKLOAD = (
    "id start_timestamp end_timestamp created_at updated_at workload_type backend status config errors "
    "project_id user_id queue_priority"
)
_OF_BATCH = {"status": "BatchStatus", "queue_priority": "QueuePriority"}
_OF_JOB = {"status": "JobStatus"}
# The page has no enum for workloads: its filter and its setter both take a JobStatus.
_OF_WORKLOAD = {"status": "JobStatus", "queue_priority": "QueuePriority"}


@dataclass(frozen=True)
class Shape:
    """A named object: its keys, and which of them are enums that the page lists elsewhere."""

    name: str
    keys: str
    description: str
    enums: dict[str, str] = field(default_factory=dict)

    @property
    def key_set(self) -> frozenset[str]:
        return frozenset(self.keys.split())


_SHAPES = (
    Shape("ProjectActivity", "project_id last_activity_date", "When a project was last active."),
    Shape(
        "BatchSummary",
        f"{_BATCH_START} {_BATCH_END} queue_priority",
        "A batch in a list: without its jobs and without its sequence.",
        _OF_BATCH,
    ),
    Shape("Batch", f"{_BATCH} queue_priority", "A batch without its jobs.", _OF_BATCH),
    Shape("BatchWithJobs", f"{_BATCH} jobs queue_priority", "A batch with its jobs.", _OF_BATCH),
    Shape("BatchWithJobIds", f"{_BATCH} job_ids child_ids queue_priority", "A batch as v2 shows it.", _OF_BATCH),
    Shape("LegacyBatch", f"{_BATCH} jobs child_ids", "A batch as v1 shows it: jobs with results.", _OF_BATCH),
    Shape("BatchCancellation", "batches errors", "Batches cancelled, and why others were not, by id."),
    Shape("BatchResultsLinks", "results_links errors", "Links to the jobs' results, by job id."),
    Shape("Job", _JOB, "A job without its result.", _OF_JOB),
    Shape("JobWithResult", f"{_JOB} result full_result", "A job with its result.", _OF_JOB),
    Shape("JobWithLogs", f"{_JOB_CORE} parent_id logs_link", "A job as v2 shows it.", _OF_JOB),
    Shape("LegacyJob", f"{_JOB_CORE} logs_link result full_result", "A job as v1 shows it.", _OF_JOB),
    Shape("JobCancellation", "jobs errors", "Jobs cancelled, and why others were not, by id."),
    Shape(
        "Device",
        "id name device_type status average_queue_time max_atom_num",
        "A QPU or an emulator.",
        {"status": "DeviceStatus"},
    ),
    Shape("DeviceQueueSizes", "device_queues", "The queues of a device."),
    Shape("DeviceQueueSize", "queue number_of_batches number_of_jobs number_of_shots", "What waits in a queue."),
    Shape("DeviceSpecs", "device_type specs", "A device's specification: Pulser's JSON as a text."),
    Shape("JobFrequency", "count job_date_scope", "How many jobs ran, by date and device."),
    Shape("JobFrequencyCount", "datetime devices", "How many jobs ran in one period, by device."),
    Shape(
        "Learner",
        "user_id package progress id created_at updated_at",
        "A user's progress in a course.",
        {"package": "ProjectPackage"},
    ),
    Shape("LearnerProgress", "stage timecode", "How far a lesson was followed."),
    Shape(
        "UseCase",
        "user_id project_id title validation_status summary questionnaire_id last_reviewed_at id created_at "
        "updated_at user_name project_name",
        "A use case submitted to Pasqal.",
    ),
    Shape("Workload", _WORKLOAD, "A workload in a list.", {"queue_priority": "QueuePriority"}),
    Shape("WorkloadWithResult", f"{_WORKLOAD} result", "A workload with its result.", _OF_WORKLOAD),
    Shape("WorkloadWithResultLink", f"{_WORKLOAD} result_link", "A workload as v2 shows it.", _OF_WORKLOAD),
    Shape("Pagination", "total start end", "Which part of the matches a page holds."),
)
SHAPES = {shape.key_set: shape for shape in _SHAPES}

# The same keys, but another kind of job inside: these names win when the jobs carry results.
WITH_RESULTS = {"BatchWithJobs": "BatchWithJobResults", "JobCancellation": "LegacyJobCancellation"}
RESULTS_DESCRIPTION = {
    "BatchWithJobResults": "A batch with its jobs and their results.",
    "LegacyJobCancellation": "Jobs cancelled, with their results, and why others were not, by id.",
}

# Values whose sample is neither Redoc's placeholder nor of an enum that the page lists.
PLAIN_TEXTS = {("status", "success"), ("message", "OK."), ("code", "200"), ("stage", "DONE")}

# A sample's 0 may be an integer or a number; Create Batch's row of the same name decides.
NUMBERS = {"priority"}

ENVELOPE = {"status", "message", "code", "data", "pagination"}

# Responses of objects without a known inside have no shape to be named after.
FREE_LISTS = {
    frozenset({"data"}): "QueryResults",
    frozenset({"status", "message", "code", "data"}): "DeviceStatusUpdate",
}

# Bodies that several operations share; every other body is named after its operation.
BODIES = {
    "add_jobs": "CreateJobRequest",
    "add_jobs_v1": "CreateJobRequest",
    "create_quiz": "QuizRequest",
    "update_quiz": "QuizRequest",
    "post_job_errors": "ReportErrorsRequest",
    "post_workload_errors": "ReportErrorsRequest",
    "review_use_case": "UseCaseReview",
}

# One template must not have two names for one hole, and the page has: batch__id beside batch_id on sibling
# paths, and the quiz's two ids. The page's spelling stays with the parameter as `x-page-name`.
PATH_PARAMETERS = {"batch__id": "batch_id", "strapi_quiz_id": "quiz_id"}

TAGS = {
    "batches": "Groups of jobs that share a sequence.",
    "devices": "QPUs and emulators.",
    "jobs": "Runs of a sequence.",
    "learners": "Progress in Pasqal's courses.",
    "use-cases": "Use cases submitted to Pasqal.",
    "workloads": "Algorithms run by Pasqal's services.",
    "quizzes": "Results of quizzes.",
}
