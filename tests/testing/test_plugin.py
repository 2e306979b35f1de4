"""The fixtures in projects of their own, with the plugins that people use, offline."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

BELL = (Path(__file__).parents[2] / "examples" / "bell.qasm").as_posix()

APP = f"""
    import anyqpu

    async def toss(shots):
        async with anyqpu.connect("kipu") as kipu:
            job = await kipu.submit({BELL!r}, device="kipu.sim.qsim", shots=shots)
            return (await job.result(timeout=7200)).counts
"""

TESTS = """
    import datetime

    import pytest

    import app

    {mark}
    async def test_my_code(emulator):
        emulator.set_pace(queue=3600)
        before = emulator.now
        assert sum((await app.toss(100)).values()) == 100
        assert emulator.now - before > datetime.timedelta(hours=1)

    {mark}
    async def test_clients(kipu, scaleway, pasqal, rigetti):
        assert len(await kipu.devices().collect()) >= 8
        assert len(await scaleway.devices().collect()) >= 6
        assert len(await pasqal.devices().collect()) >= 4
        assert len(await rigetti.devices().collect()) >= 2

    {mark}
    async def test_each_test_has_its_own(emulator):
        assert emulator.jobs() == []

    {mark}
    async def test_faults(emulator, kipu):
        emulator.faults.add(cloud="kipu", operation="getBackends", status=503, retry_after=60, count=1)
        assert len(await kipu.devices().collect()) >= 8

    @pytest.mark.parametrize("anyqpu_emulator", [{{"speed": "instant", "time": "machine", "seed": 3}}])
    {mark}
    async def test_options(emulator, anyqpu_emulator):
        assert emulator.time is None
        assert sum((await app.toss(10)).values()) == 10

    def test_plain(emulator):
        assert emulator.jobs() == []
"""

TRIO = """
    import pytest

    @pytest.fixture(params=["asyncio", "trio"])
    def anyio_backend(request):
        return request.param
"""
PLUGIN, IMPORT = 'pytest_plugins = ["anyqpu.testing"]', "from anyqpu.testing import *"
STYLES = {
    "anyio": ("@pytest.mark.anyio", 11, []),
    "pytest-asyncio, strict": ("@pytest.mark.asyncio", 6, ["-o", "asyncio_mode=strict"]),
    "pytest-asyncio, auto": ("", 6, ["-o", "asyncio_mode=auto"]),
}


def run(place: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", *options]
    # No connection may leave this machine; event loops need a pair of sockets.
    command += ["--disable-socket", "--allow-unix-socket", "--rootdir", str(place), str(place)]
    # Of what is installed, the plugins that such a project has: to import the others takes longer than its tests.
    command += ["-p", "anyio.pytest_plugin", "-p", "pytest_asyncio.plugin", "-p", "pytest_socket"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=100)


def write(place: Path, **files: str) -> None:
    for name, text in files.items():
        (place / f"{name}.py").write_text(textwrap.dedent(text))
    (place / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")


@pytest.mark.parametrize(
    ("how", "style"),
    # How the fixtures come into a project does not depend on who runs its coroutines.
    [(PLUGIN, "anyio"), (IMPORT, "anyio"), (PLUGIN, "pytest-asyncio, strict"), (IMPORT, "pytest-asyncio, auto")],
)
def test_a_small_project(tmp_path: Path, how: str, style: str) -> None:
    mark, number, options = STYLES[style]
    write(tmp_path, app=APP, test_app=TESTS.format(mark=mark), conftest=f"{how}\n{textwrap.dedent(TRIO)}")
    done = run(tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{number} passed" in done.stdout


def test_it_loads_without_pytest_and_without_the_emulator() -> None:
    code = """
        import sys
        sys.modules["pytest"] = None
        del sys.modules["pytest"]
        import anyqpu.testing as kit
        assert "pytest" not in sys.modules and "anyqpu_emulator" not in sys.modules and "numpy" not in sys.modules
        assert "kipu" not in kit.__all__ and "emulated" in kit.__all__
        assert all(hasattr(kit, name) for name in kit.__all__)
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from anyqpu import testing
    from anyqpu.errors import ConfigError

    monkeypatch.setitem(sys.modules, "starlette", None)
    with pytest.raises(ConfigError, match=r"anyqpu\[emulator\]"), testing.emulated():
        pass
