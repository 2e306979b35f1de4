"""Toy QPU as data."""

from anyqpu.core.provider import Endpoints, ProviderSpec
from anyqpu.model.capabilities import Capabilities

SPEC = ProviderSpec(
    name="toy",
    title="Toy QPU",
    endpoints=Endpoints(base_url="https://toy.example/v1"),
    adapter="toyqpu.adapter:ToyAdapter",
    make_auth="toyqpu.adapter:make_auth",
    environment={"token": ("TOYQPU_TOKEN",)},
    credential_sets=(("token",),),
    capabilities=Capabilities(
        tags=True,
        instead={
            "sessions": "Submit jobs one by one",
            "reservations": "Jobs wait in the device's queue",
            "find_slots": "Jobs wait in the device's queue",
            "calibration": "The device is exact",
            "delete": "Jobs are kept for a week",
        },
    ),
    poll_floor=0.01,
)
