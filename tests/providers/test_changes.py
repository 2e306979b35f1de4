"""A change counts as made where its own response cannot be read, and only then."""

from __future__ import annotations

import pytest

from anyqpu import errors
from anyqpu.testing import emulated

pytestmark = pytest.mark.anyio


async def test_a_response_that_cannot_be_read_is_a_change_that_was_made() -> None:
    async with emulated() as clouds, clouds.connect("kipu") as kipu:
        session = await kipu.open_session("ibm.qpu.fez")
        clouds.faults.add(operation="closeSession", status=299, when="after", count=1)
        await kipu.close_session(session)
        assert (await kipu.get_session(session.id)).status == "closed"


async def test_a_login_that_cannot_be_read_is_a_change_that_was_not_sent() -> None:
    async with emulated() as clouds:
        async with clouds.connect("kipu") as kipu:
            session = await kipu.open_session("ibm.qpu.fez")
        async with clouds.connect("kipu", username="u", password="p", client_id="c") as kipu:
            page = clouds.faults.add(cloud="kipu", operation="token", body="html")
            with pytest.raises(errors.APIError) as caught:
                await kipu.close_session(session)
            assert caught.value.operation == "token"
            clouds.faults.clear(page)
            assert clouds.emulator.journal.view(1)[0]["operation"] == "token"
