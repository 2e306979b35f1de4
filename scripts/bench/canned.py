"""Jobs in the manner of Kipu, as JSON. No two have a text in common that real ones would not have."""

from __future__ import annotations

import json
import uuid
from typing import Any


def job(number: int, *, id: str | None = None, status: str = "COMPLETED") -> dict[str, Any]:
    """A job with every field that the document has."""
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
    """A page of a list of so many jobs, as it comes over the wire."""
    first = number * size
    content = [job(each) for each in range(first, min(total, first + size))]
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
    """One job, as it comes over the wire."""
    return json.dumps(job(number, **fields), separators=(",", ":")).encode()
