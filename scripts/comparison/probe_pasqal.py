"""pasqal-cloud, Pasqal's own, which is synchronous; called from a coroutine as it is."""

import asyncio
from pathlib import Path

from pasqal_cloud.device import DeviceTypeName
from pasqal_cloud.endpoints import AUTH0_TOKEN_PROVIDER_GRANT_TYPE, Endpoints, TokenProviderConf
from pasqal_cloud.pasqal_cloud_client import PasqalCloudClient
from probing import EMULATOR, LISTED, jobs, reads, submits, tell, tell_versions, waits

BASE = f"{EMULATOR}/pasqal"
SEQUENCE = (Path(__file__).parent / "flip.json").read_text()


def login() -> PasqalCloudClient:
    client = PasqalCloudClient(
        "user@example.com",
        "secret",
        endpoints=Endpoints(core=f"{BASE}/core-fast", account=f"{BASE}/account"),
        auth_config=TokenProviderConf(
            f"{BASE}/oauth/token", "any", "any", "pcs-users", AUTH0_TOKEN_PROVIDER_GRANT_TYPE
        ),
    )
    client.switch_to_project(client.get_all_projects()[0].id)
    return client


async def main() -> None:
    client = login()

    def submit() -> object:
        return client.create_batch(SEQUENCE, jobs=[{"runs": 10}], device_type=DeviceTypeName.EMU_FREE)

    batch = submit()
    tell_versions("pasqal-cloud")
    await reads("get_job", lambda: client.get_job(batch.ordered_jobs[0].id))
    await submits("create_batch", submit)
    while jobs() < LISTED:
        submit()
    page = client.get_jobs()
    tell("list", {"call": "get_jobs()", "found": len(page.results), "of": page.total})
    waits(client.get_job, written="get_job(wait=True)")


if __name__ == "__main__":
    asyncio.run(main())
