"""pasqal-cloud: login, batches, waiting, results, cancelling, tags, rebatch, workloads, Pulser's connection."""

import json
import os
import warnings
from uuid import uuid4

import pulser
from pasqal_cloud import OVHConnection, PasqalCloudConnection, RemoteEmuFreeBackend
from pasqal_cloud.authentication import TokenProvider
from pasqal_cloud.device import DeviceTypeName
from pasqal_cloud.endpoints import AUTH0_TOKEN_PROVIDER_GRANT_TYPE, Endpoints, TokenProviderConf
from pasqal_cloud.pasqal_cloud_client import PasqalCloudClient
from pasqal_cloud.utils.filters import BatchFilters, CancelJobFilters, JobFilters, PaginationParams, RebatchFilters
from pasqal_cloud.utils.responses import PaginatedResponse
from pulser.backend import BitStrings, EmulationConfig
from pulser.json.abstract_repr.deserializer import deserialize_device
from steps import EMULATOR, finish, refused, step

warnings.simplefilter("ignore")
BASE = f"{EMULATOR}/pasqal"
ENDPOINTS = Endpoints(core=f"{BASE}/core-fast", account=f"{BASE}/account")
LOGIN = TokenProviderConf(
    token_endpoint=f"{BASE}/oauth/token",
    public_client_id="any",
    audience="any",
    realm="pcs-users",
    grant_type=AUTH0_TOKEN_PROVIDER_GRANT_TYPE,
)


def login(username: str = "user@example.com", password: str = "secret", **more: object) -> PasqalCloudClient:
    return PasqalCloudClient(username, password, endpoints=ENDPOINTS, auth_config=LOGIN, **more)


def sequence(device: object, duration: int | None = None) -> pulser.Sequence:
    """A pi pulse on two atoms far from each other; of variable strength without a duration."""
    register = pulser.Register({"q0": (0.0, 0.0), "q1": (30.0, 0.0)})
    made = pulser.Sequence(register, device)
    made.declare_channel("ising", "rydberg_global")
    if duration is None:
        omega = made.declare_variable("omega", dtype=float)
        made.add(pulser.Pulse.ConstantPulse(1000, omega, 0.0, 0.0), "ising")
    else:
        made.add(pulser.Pulse.ConstantPulse(duration, 3.14159265, 0.0, 0.0), "ising")
    made.measure("ground-rydberg")
    return made


client = login()
with step("log in, list the projects, choose one"):
    (project, *_others) = client.get_all_projects()
    assert client.switch_to_project(project.id) == project.id
    assert client.user_token()
with step("a wrong password and an unknown project are refused"):
    with refused("Wrong email or password"):
        login("invalid@example.com")
    with refused("Project"):
        client.switch_to_project(str(uuid4()))
with step("every text of the device specs loads in Pulser, with and without a login"):
    specs = client.get_device_specs_dict()
    devices = {name: deserialize_device(text) for name, text in specs.items()}
    assert "rydberg_global" in devices["FRESNEL"].channels
    public = PasqalCloudClient(endpoints=ENDPOINTS).get_device_specs_dict()
    assert public
    for text in public.values():
        deserialize_device(text)
device = pulser.MockDevice
text = sequence(device, 1000).to_abstract_repr()
with step("a batch with two jobs: wait, results"):
    batch = client.create_batch(
        text, jobs=[{"runs": 100}, {"runs": 50}], device_type=DeviceTypeName.EMU_FREE, wait=True
    )
    assert batch.status == "DONE", batch.status
    assert [job.result for job in batch.ordered_jobs] == [{"11": 100}, {"11": 50}]
    assert all(job.status == "DONE" for job in batch.ordered_jobs)
    assert client.get_batch(batch.id).sequence_builder == text
    assert client.get_batch_status(batch.id).value == "DONE"
    first = batch.ordered_jobs[0]
    assert client.get_job(first.id, wait=True).result == {"11": 100}
    assert client.get_job_status(first.id).value == "DONE"
with step("variables, as scalars and as lists"):
    variables = sequence(device)
    for value in (3.14159265, [3.14159265]):
        batch = client.create_batch(
            variables.to_abstract_repr(),
            jobs=[{"runs": 20, "variables": {"omega": value}}],
            device_type=DeviceTypeName.EMU_FREE,
            wait=True,
        )
        assert batch.ordered_jobs[0].result == {"11": 20}, batch.ordered_jobs[0]
with step("an open batch takes more jobs, retries one, and is closed"):
    batch = client.create_batch(text, jobs=[{"runs": 10}], open=True, device_type=DeviceTypeName.EMU_FREE, wait=True)
    batch.add_jobs([{"runs": 20}], wait=True)
    batch.retry(batch.ordered_jobs[0], wait=True)
    batch.close(wait=True)
    assert [sum(job.result.values()) for job in batch.ordered_jobs] == [10, 20, 10]
    assert batch.status == "DONE", batch.status
with step("a sequence for each job"):
    batch = client.create_batch(
        None,
        jobs=[{"runs": 5, "serialized_sequence": text}, {"runs": 6, "serialized_sequence": text}],
        device_type=DeviceTypeName.EMU_FREE,
        wait=True,
    )
    assert [job.result for job in batch.ordered_jobs] == [{"11": 5}, {"11": 6}]
    assert client.get_job(batch.ordered_jobs[0].id).sequence == text
with step("the last of a dozen jobs is still waiting, and can be cancelled; then the rest, then the batch"):
    batch = client.create_batch(text, jobs=[{"runs": 1000}] * 12, device_type=DeviceTypeName.EMU_FREE)
    last = client.cancel_job(batch.ordered_jobs[-1].id)
    assert last.status == "CANCELED", last.status
    many = client.cancel_jobs(batch.id, CancelJobFilters(max_runs=1000))
    assert len(many.jobs) >= 8, many
    assert all(job.status == "CANCELED" for job in many.jobs)
    other = client.create_batch(text, jobs=[{"runs": 10}] * 12, device_type=DeviceTypeName.EMU_FREE)
    other.cancel()
    assert other.status == "CANCELED", other.status
    third = client.create_batch(text, jobs=[{"runs": 10}] * 12, device_type=DeviceTypeName.EMU_FREE)
    unknown = str(uuid4())
    result = client.cancel_batches([third.id, unknown])
    assert [one.id for one in result.batches] == [third.id]
    assert [str(key) for key in result.errors] == [unknown], result.errors
with step("tags: at creation, replaced, and as a filter"):
    tagged = client.create_batch(text, jobs=[{"runs": 1}], device_type=DeviceTypeName.EMU_FREE, tags=["a", "b"])
    assert sorted(tagged.tags) == ["a", "b"]
    tag = uuid4().hex
    tagged.set_tags([tag])
    batches = client.get_batches(BatchFilters(tag=tag))
    assert isinstance(batches, PaginatedResponse)
    assert [one.id for one in batches.results] == [tagged.id]
with step("rebatch: a new batch of the cancelled jobs"):
    again = client.rebatch(other.id, RebatchFilters(status="CANCELED"))
    assert again.parent_id == other.id
    assert len(again.ordered_jobs) == len(other.ordered_jobs)
with step("get_batches and get_jobs, filtered, page by page"):
    seen = []
    while True:
        page = client.get_jobs(JobFilters(batch_id=other.id), PaginationParams(offset=len(seen), limit=5))
        seen += [job.id for job in page.results]
        if len(seen) >= page.total:
            break
    assert sorted(seen) == sorted(job.id for job in other.ordered_jobs)
    assert client.get_batches(BatchFilters(status="CANCELED", id=other.id)).total == 1
with step("an unknown id is refused with its code; a sequence that cannot be read ends as an error that says why"):
    with refused("404"):
        client.get_batch(str(uuid4()))
    batch = client.create_batch("nonsense", jobs=[{"runs": 1}], device_type=DeviceTypeName.EMU_FREE, wait=True)
    assert batch.ordered_jobs[0].status == "ERROR"
    assert batch.ordered_jobs[0].errors
with step("a token that is denied gets 401"):

    class Denied(TokenProvider):
        def get_token(self) -> str:
            return "denied"

    with refused("401"):
        PasqalCloudClient(token_provider=Denied(), endpoints=ENDPOINTS, project_id=project.id).get_batches()
with step("workloads: create, wait, cancel, result or errors"):
    workload = client.create_workload("unknown", "EMU_FREE", {"a": 1}, wait=True)
    assert workload.status in ("DONE", "ERROR"), workload
    assert isinstance(workload.result, dict) if workload.status == "DONE" else workload.errors
    assert client.get_workload(workload.id).id == workload.id
    client.create_workload("unknown", "EMU_FREE", {}).cancel()
with step("Pulser's connection: devices, submit, results, an open batch"):
    connection = PasqalCloudConnection("user@example.com", "secret", project.id, endpoints=ENDPOINTS, auth_config=LOGIN)
    assert "FRESNEL" in connection.fetch_available_devices()
    results = connection.submit(
        sequence(device, 1000), wait=True, job_params=[{"runs": 30}], device_type=DeviceTypeName.EMU_FREE
    )
    assert results.results[0].final_bitstrings == {"11": 30}, results.results
with step("a backend's configuration: the shots are those of its observables"):
    config = EmulationConfig(observables=[BitStrings(num_shots=70)])
    results = connection.submit(
        sequence(device, 1000),
        wait=True,
        job_params=[{"runs": 1}],
        device_type=DeviceTypeName.EMU_MPS,
        backend_configuration=config,
    )
    assert results.results[0].final_bitstrings == {"11": 70}, results.results
with step("the backend for EMU_FREE, as in Pasqal's own examples"):
    backend = RemoteEmuFreeBackend(sequence(device, 1000), connection)
    results = backend.run(job_params=[{"runs": 40}], wait=True)
    assert sum(results.results[0].final_bitstrings.values()) == 1000, results.results
with step("through OVH: its token from the environment"):
    os.environ["PASQAL_PULSER_ACCESS_TOKEN"] = "any"
    ovh = OVHConnection(endpoints=ENDPOINTS)
    assert ovh.fetch_available_devices()
    results = ovh.submit(
        sequence(device, 1000), wait=True, job_params=[{"runs": 8}], device_type=DeviceTypeName.EMU_FREE
    )
    assert results.results[0].final_bitstrings == {"11": 8}
with step("a body that is not compressed"):
    os.environ["PASQAL_SKIP_GZIP_REQUEST_BODY"] = "1"
    plain = login(project_id=project.id)
    assert plain.create_batch(text, jobs=[{"runs": 1}], device_type=DeviceTypeName.EMU_FREE).id
    assert json.loads(text)["version"] == "1"
finish()
