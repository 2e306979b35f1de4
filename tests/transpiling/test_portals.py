"""What `anyqpu.qiskit` does without Qiskit: its errors, and the event loop behind its calls."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import anyio
import anyio.to_thread
import pytest

import anyqpu
import anyqpu.qiskit
from anyqpu import errors
from anyqpu.qiskit.portals import Portal
from anyqpu_emulator.server import running


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(seed=1) as address:
        yield address


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "anyqpu-sync"]


def test_without_qiskit_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qiskit", None)
    for call in (anyqpu.qiskit.backend, anyqpu.qiskit.sampler):
        with pytest.raises(errors.ConfigError, match="'qiskit'") as caught:
            call("kipu", "ibm.qpu.fez", emulator=True)
        assert caught.value.hint == "pip install 'anyqpu[qiskit]'"


def test_a_portal_calls_a_client_in_one_thread_which_ends(url: str) -> None:
    portal = Portal(anyqpu.connect("kipu", emulator=url))
    client = anyqpu.connect("kipu", emulator=url)
    try:
        assert portal.call(client.device, "ibm.qpu.fez").id == "ibm.qpu.fez"
        assert portal.call(lambda: client.device("iqm.qpu.garnet")).id == "iqm.qpu.garnet"
        with pytest.raises(errors.NotFoundError):
            portal.call(client.device, "ibm.qpu.fes")
        assert len(threads()) == 1
    finally:
        portal.call(client.aclose)
        portal.close()
    portal.close()
    assert threads() == []
    with pytest.raises(errors.ClientStateError, match="the backend is closed"):
        portal.call(client.device, "ibm.qpu.fez")


def test_a_portal_that_is_forgotten_ends_too(url: str) -> None:
    portal = Portal(anyqpu.connect("kipu", emulator=url))
    assert len(threads()) == 1
    del portal
    # It is closed without stopping the thread that collects it.
    for thread in threads():
        thread.join(10)
    assert threads() == []


@pytest.mark.anyio
async def test_a_running_loop_is_not_blocked(url: str) -> None:
    client = anyqpu.connect("kipu", emulator=url)
    with pytest.raises(errors.ClientStateError, match="an event loop is running in this thread") as caught:
        Portal(client)
    assert "transpile=True" in (caught.value.hint or "")
    portal = await anyio.to_thread.run_sync(Portal, client)
    with pytest.raises(errors.ClientStateError, match="an event loop is running"):
        portal.call(client.device, "ibm.qpu.fez")
    assert (await anyio.to_thread.run_sync(portal.call, client.device, "ibm.qpu.fez")).id == "ibm.qpu.fez"
    await anyio.to_thread.run_sync(portal.close)
