"""The operations without a method besides that of `client.raw`, and why."""

from __future__ import annotations

from collections.abc import Mapping

_OLD = "deprecated: "
_ADMIN = "for Pasqal's administrators"
_EXECUTOR = "for the machines that run the jobs"
_PORTAL = "for the pages of Pasqal's portal"
_OVH = "for customers of OVH, whose tokens are valid for these only"
_CUDAQ = "for CUDA-Q, whose programs are not Pulser sequences"

RAW_ONLY: Mapping[str, str] = {
    "add_jobs_v1": f"{_OLD}add_jobs",
    "cancel_batch_v1": f"{_OLD}cancel_batch",
    "cancel_job_v1": f"{_OLD}cancel_job",
    "cancel_jobs_v1": f"{_OLD}cancel_jobs",
    "complete_batch_v1": f"{_OLD}complete_batch",
    "create_job": f"{_OLD}create_batch and add_jobs",
    "get_batch_full_results": f"{_OLD}get_job_results_link",
    "get_batch_results": f"{_OLD}get_job_results_link",
    "get_batch_v1": f"{_OLD}get_batch",
    "get_job_v1": f"{_OLD}get_job",
    "get_workload_v1": f"{_OLD}get_workload",
    "list_jobs_v1": f"{_OLD}list_jobs",
    "create_device": _ADMIN,
    "get_batches_last_activity": _ADMIN,
    "review_use_case": _ADMIN,
    "set_device_status": _ADMIN,
    "update_device_specs": _ADMIN,
    "update_devices_status": _ADMIN,
    "patch_job": _EXECUTOR,
    "post_job_errors": _EXECUTOR,
    "post_workload_errors": _EXECUTOR,
    "post_workload_result": _EXECUTOR,
    "set_batch_status": _EXECUTOR,
    "set_job_status": _EXECUTOR,
    "set_workload_status": _EXECUTOR,
    "create_quiz": _PORTAL,
    "create_use_case": _PORTAL,
    "get_job_device_frequency_statistics": _PORTAL,
    "get_learner_notebook": _PORTAL,
    "get_or_create_learner": _PORTAL,
    "get_use_case": _PORTAL,
    "list_example_use_cases": _PORTAL,
    "list_my_use_cases": _PORTAL,
    "list_project_learners": _PORTAL,
    "list_team_use_cases": _PORTAL,
    "update_learner_progress": _PORTAL,
    "update_quiz": _PORTAL,
    "update_use_case": _PORTAL,
    "create_ovh_batch": _OVH,
    "get_ovh_batch": _OVH,
    "get_ovh_batch_status": _OVH,
    "get_ovh_job_results_link": _OVH,
    "get_ovh_job_status": _OVH,
    "list_ovh_jobs": _OVH,
    "create_cudaq_job": _CUDAQ,
    "get_cudaq_job": _CUDAQ,
}
