"""Schemas of the cloud's tables in the state file."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from anyqpu_emulator.persistence import Codec, Schema
from anyqpu_emulator.workers import Compute

from .catalogue import BACKENDS, Backend
from .programs import computation
from .records import JobRecord, Owner, SessionRecord
from .submission import Submission

_CODEC = Codec((Submission, Owner), {Backend: (attrgetter("id"), BACKENDS.__getitem__)})


def _work(values: Mapping[str, Any], seed: list[int]) -> Compute:
    return computation(values["submission"], seed)


SESSIONS = Schema("kipu.session", SessionRecord, _CODEC, frozenset({"jobs"}))
JOBS = Schema("kipu.job", JobRecord, _CODEC, work=_work)
ACCESS: Schema[float] = Schema("kipu.access")
REFRESH: Schema[float] = Schema("kipu.refresh")
