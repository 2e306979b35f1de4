"""What all tests share: both event loops, one seed, a clean environment, and no call that blocks the loop."""

from __future__ import annotations

import gc
import logging
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from blockbuster import BlockBuster
from hypothesis import HealthCheck, settings

from tests.support import forks

# How long an example takes depends on the machine, and on what else it does.
settings.register_profile("anyqpu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anyqpu")
# Everything from which a client, the command line or git takes settings: a developer's own must not reach the tests.
VARIABLES = (
    "ALL_PROXY",
    "ANYQPU_",
    "APPDATA",
    "CIRQ_SCALEWAY_",
    "CLICOLOR",
    "COLUMNS",
    "CURL_CA_BUNDLE",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "GIT_",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "KIPU_",
    "KQH_",
    "LINES",
    "LOCALAPPDATA",
    "MPL",
    "NO_COLOR",
    "NO_PROXY",
    "OTEL_",
    "PASQAL_",
    "PLANQK_",
    "PULSER_SCALEWAY_",
    "PY_COLORS",
    "QCS_",
    "QHUB_",
    "QISKIT_SCALEWAY_",
    "REQUESTS_CA_BUNDLE",
    "SCALEWAY_",
    "SCW_",
    "SERVICE_EXECUTION_",
    "SSL_CERT_",
    "TERMINAL_WIDTH",
    "XDG_",
    "_TYPER_",
)
# Files that take more than about five seconds, the slowest first.
SLOW_FILES = (
    "meaning/test_routes.py",
    "fuzz/test_fuzz.py",
    "docs/test_blocks.py",
    "scripts/test_spec_update.py",
    "cli/test_commands.py",
    "conformance/test_cells.py",
    "docs/test_site.py",
    "testing/test_plugin.py",
    "emulator/test_engine_limits.py",
    "programs/test_limits.py",
    "testing/test_clouds.py",
    "packaging/test_extras.py",
    "packaging/test_typing.py",
    "providers/rigetti/test_execution.py",
    "scripts/test_regenerate.py",
    "notebooks/test_kernel.py",
    "sync/test_processes.py",
    "sync/test_coverage.py",
    "sync/test_calls.py",
)
# The user's own, for what has to be installed before a test runs; None without one.
# Processes of pytest-xdist inherit it in a variable, since theirs is already the one below.
USER_HOME = os.environ.setdefault("TESTS_USER_HOME", os.environ.get("HOME", "")) or None
# The home directory of the whole session: one without configuration.
HOME = Path(tempfile.mkdtemp(prefix="anyqpu-tests-")) / "home"


def pytest_configure(config: pytest.Config) -> None:
    """Have one seed for the order of the tests, for `random` and for hypothesis, and leave the user's settings out.

    pytest-randomly draws a seed and prints it, but hypothesis would draw another one: `--randomly-seed` repeats both.
    """
    # Collecting makes objects that all stay, so nothing that a garbage collection could free.
    gc.disable()
    # A shell starts what it runs in the background with Ctrl-C ignored, and so would be the commands that tests start.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    seed = getattr(config.option, "randomly_seed", None)  # None: pytest-randomly is not there
    if seed == "last" and hasattr(config, "cache") and config.cache is not None:
        seed = config.cache.get("randomly_seed", "default")
    if seed == "default":
        seed = random.SystemRandom().getrandbits(32)
    if isinstance(seed, int):
        config.option.randomly_seed = seed
        if getattr(config.option, "hypothesis_seed", "") is None:
            config.option.hypothesis_seed = str(seed)
    # Here already, because modules and wider fixtures come before the fixture of a test.
    for name in _settings():
        del os.environ[name]
    HOME.mkdir(exist_ok=True)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(HOME)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files, so that no process of pytest-xdist is alone with one in the end."""
    root = Path(__file__).parent
    places = {root / name: place for place, name in enumerate(SLOW_FILES)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let garbage collections skip what the collection of tests has made, which is most of all objects."""
    gc.freeze()
    gc.enable()
    # Few of the tests' objects are in cycles, so that collections as often as Python has them find little.
    gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure() -> None:
    forks.close()
    shutil.rmtree(HOME.parent, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the seed also where the header is not shown (`pytest -q`)."""
    if (seed := getattr(config.option, "randomly_seed", None)) is not None:
        terminalreporter.write_line(f"Repeat this order with --randomly-seed={seed}")


def _settings() -> list[str]:
    # The browser for the tests of the emulator's page, and the server for those of ledgers, are settings of the tests.
    own = {"ANYQPU_CHROMIUM", "ANYQPU_TEST_POSTGRES"}
    return [name for name in os.environ if name.upper().startswith(VARIABLES) and name not in own]


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every test marked `anyio` runs twice: on asyncio and on trio."""
    return str(request.param)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those that a test makes, whatever another one has left."""
    for name in _settings():
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(HOME))
    monkeypatch.setenv("USERPROFILE", str(HOME))


# anyqpu, and what it logs through HTTP libraries.
LISTENED_TO = ("anyqpu", "httpx", "httpcore", "httpx2", "httpcore2", "aiohttp", "hpack", "h2")


class _Listener(logging.Handler):
    """Hears all that the package and the HTTP library log, however quietly."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Formatted for tracebacks alone, since tests log a hundred thousand lines.
        text = self.format(record) if record.exc_info or record.stack_info else record.getMessage()
        if "canary" in text:
            self.leaks.append(f"{record.name}: {text}")


@pytest.fixture(autouse=True, scope="session")
def no_secret_is_logged() -> Iterator[None]:
    """Over the whole suite: tests use tokens and passwords with `canary` in them, and no log line may show one."""
    listener = _Listener()
    loggers = [logging.getLogger(name) for name in LISTENED_TO]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.DEBUG)
    yield
    for logger in loggers:
        logger.removeHandler(listener)
    assert not listener.leaks, "\n".join(listener.leaks[:20])


@pytest.fixture(autouse=True)
def no_handler_is_left() -> Iterator[None]:
    """A handler that a test leaves at the root logger writes into the output of all later tests."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    left = [handler for handler in root.handlers if handler not in handlers and not _is_pytests(handler)]
    for handler in left:
        root.removeHandler(handler)
    root.setLevel(level)
    assert not left, f"this test left handlers at the root logger: {left}"


def _is_pytests(handler: logging.Handler) -> bool:
    return type(handler).__module__ == "_pytest.logging"


@cache
def _guard() -> BlockBuster:
    guard = BlockBuster(scanned_modules=["anyqpu", "anyqpu_raw"])
    # `connect` is not a coroutine: it reads small configuration files where it is called.
    for function in guard.functions.values():
        function.can_block_in("anyqpu/config/files.py", "_content")
        # The first use of `anyqpu.connect` imports it, and lists the providers.
        function.can_block_in("anyqpu/core/registry.py", "own_providers")
        function.can_block_in("anyqpu/core/registry.py", "_search")
        # The blocking clients block, also in a thread with an event loop.
        function.can_block_in("anyqpu/sync/loops.py", "_is_done")
        function.can_block_in("anyqpu/sync/loops.py", "outside")
        function.can_block_in("anyqpu/sync/loops.py", "enter")
        function.can_block_in("anyqpu/sync/runner.py", "_open_portal")
    return guard


@pytest.fixture(autouse=True)
def nothing_blocks() -> Iterator[None]:
    """A call that blocks the event loop, made from our own code, is an error."""
    _guard().activate()
    yield
    _guard().deactivate()
