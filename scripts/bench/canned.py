"""Responses of the clouds as JSON. Kipu's jobs share no more text than real ones would."""

from __future__ import annotations

import json
import uuid
from typing import Any


def job(number: int, *, id: str | None = None, status: str = "COMPLETED") -> dict[str, Any]:
    """Return a job with every field of the document."""
    name = uuid.UUID(int=(number + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4)
    at = f"2025-11-{1 + number // 1440 % 28:02} {number // 60 % 24:02}:{number % 60:02}"
    return {
        "id": id or str(name),
        "status": status,
        "name": f"run {number}",
        "backend_id": "azure.ionq.simulator",
        "provider": "AZURE",
        "provider_job_id": f"native-{number:012}",
        "input_params": {},
        "input_format": "IONQ_CIRCUIT_V1",
        "tags": [f"experiment-{number // 10}", f"anyqpu-{name.hex}"],
        "created_at": f"{at}:01",
        "started_at": f"{at}:11",
        "ended_at": f"{at}:31",
        "runtime": 1200 + number % 100,
        "shots": 1000,
        "session_id": None,
        "sdk_provider": "CLIENT",
    }


def page(number: int, size: int, total: int) -> bytes:
    """Return a page of a list of `total` jobs as bytes."""
    first = number * size
    content = [job(index) for index in range(first, min(total, first + size))]
    return json.dumps(
        {
            "content": content,
            "page": number,
            "size": size,
            "total_elements": total,
            "total_pages": -(-total // size),
        },
        separators=(",", ":"),
    ).encode()


def single(number: int = 7, **fields: Any) -> bytes:
    """Return one job as bytes."""
    return json.dumps(job(number, **fields), separators=(",", ":")).encode()


# One item of each other cloud, by the first part of its path.
_AT = "2025-11-20T12:00:%02d.123456Z"
_SCALEWAY = {
    "id": "514cf1a6-0ea4-46a5-ae0e-9e10b2d82b36",
    "status": "running",
    "name": "run 7",
    "tags": ["experiment-7"],
    "session_id": "0ed71b73-4ca5-489a-9fbc-edfba1a92fa8",
    "created_at": _AT % 1,
    "started_at": _AT % 11,
    "updated_at": _AT % 12,
    "progress_message": None,
    "job_duration": "1.5s",
    "result_distribution": None,
    "model_id": "a9586e42-9774-4e60-a91e-695e8397acd0",
    "parameters": '{"shots": 1000}',
}
_PASQAL = {
    "status": "success",
    "code": 200,
    "message": "OK.",
    "data": {
        "id": "22010c3b-8c00-4c40-bb5c-aa6d3e9a8f77",
        "batch_id": "00000000-0000-0000-0000-000000000001",
        "project_id": "22222222-2222-4222-8222-222222222222",
        "runs": 1000,
        "status": "RUNNING",
        "created_at": _AT % 1,
        "updated_at": _AT % 12,
        "start_timestamp": _AT % 11,
        "end_timestamp": None,
        "errors": [],
        "variables": {"omega": 2.5},
        "parent_id": None,
        "ordered_id": 1,
    },
}
_RIGETTI = {
    "id": "endpoint-7",
    "address": "tcp://127.0.0.1:5555",
    "addresses": {"grpc": "https://127.0.0.1:5556"},
    "datacenter": "berkeley-775",
    "healthy": True,
    "mock": False,
    "quantumProcessorIds": ["Aspen-M-3"],
}
OTHERS = {
    place: json.dumps(item, separators=(",", ":")).encode()
    for place, item in {"qaas": _SCALEWAY, "core-fast": _PASQAL, "v1": _RIGETTI}.items()
}
