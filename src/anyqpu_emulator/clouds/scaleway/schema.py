"""Schemas of the cloud's tables in the state file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from anyqpu_emulator.persistence import Codec, Schema
from anyqpu_emulator.workers import Compute

from . import vqe
from .catalogue import APPLICATIONS, PLATFORMS, Application, Platform
from .programs import computation, program_of
from .records import BookingRecord, JobRecord, Link, ModelRecord, ProcessRecord, SessionRecord

if TYPE_CHECKING:
    from .store import Store

_id = attrgetter("id")


class Schemas:
    """In the order in which they are read: a record comes after those that it refers to."""

    def __init__(self, store: Store) -> None:
        """`store` finds the records that others refer to."""
        codec = Codec(
            named={
                Platform: (_id, PLATFORMS.__getitem__),
                Application: (_id, APPLICATIONS.__getitem__),
                BookingRecord: (_id, lambda name: store.bookings[name]),
                SessionRecord: (_id, lambda name: store.sessions[name]),
            }
        )

        def job(values: Mapping[str, Any], seed: list[int]) -> Compute:
            session, parameters = values["session"], json.loads(values["parameters"] or "{}")
            program = program_of(
                session.platform,
                values["circuit"],
                values["model_id"],
                parameters,
                store.model,
                strict=values.get("strict", False),
                noisy=values.get("noisy", False),
            )
            return computation(program, seed)

        def process(values: Mapping[str, Any], seed: list[int]) -> Compute:
            return vqe.computation(vqe.parse(values["input"]), seed)

        self.models = Schema("scaleway.model", ModelRecord, codec)
        self.bookings = Schema("scaleway.booking", BookingRecord, codec)
        self.sessions = Schema("scaleway.session", SessionRecord, codec, frozenset({"open_jobs"}))
        self.jobs = Schema("scaleway.job", JobRecord, codec, work=job)
        self.processes = Schema("scaleway.process", ProcessRecord, codec, work=process)
        self.links = Schema("scaleway.link", Link, codec)
