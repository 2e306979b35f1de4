"""A change counts as made where its own response cannot be read, and only then."""

from __future__ import annotations

import pytest

from anyqpu import errors
from anyqpu.testing import emulated

pytestmark = pytest.mark.anyio


async def test_a_response_that_cannot_be_read_is_a_change_that_was_made() -> None:
    async with emulated() as clouds, clouds.connect("pasqal") as pasqal:
        session = await pasqal.open_session("EMU_FREE")
        clouds.faults.add(operation="complete_batch", body="html", count=1)
        assert (await pasqal.drain_session(session)).status in ("draining", "closed")


async def test_a_login_that_cannot_be_read_is_a_change_that_was_not_sent() -> None:
    """The login's own error, at once: nothing is fetched, which would only ask the token endpoint again."""
    async with emulated() as clouds:
        async with clouds.connect("pasqal") as pasqal:
            session = await pasqal.open_session("EMU_FREE")
        async with clouds.connect("pasqal", username="u", password="p") as pasqal:
            page = clouds.faults.add(cloud="pasqal", operation="token", body="html")
            with pytest.raises(errors.APIError) as caught:
                await pasqal.drain_session(session)
            assert caught.value.operation == "token"
            assert clouds.faults.fired(page) == 1
