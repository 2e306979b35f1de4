"""Tools for tests of code that uses anyqpu: emulated clouds, virtual time, and fixtures for pytest.

`pytest_plugins = ["anyqpu.testing"]` in a conftest.py registers the fixtures. They exist only under pytest.
"""

from __future__ import annotations

import sys

from anyqpu.testing.clouds import EmulatedClouds, emulated
from anyqpu.testing.time import VirtualTime
from anyqpu.transport.retry import retries_off

__all__ = ["EmulatedClouds", "VirtualTime", "emulated", "retries_off"]

# pytest imports its plugins after itself.
if "pytest" in sys.modules:
    from anyqpu.testing.fixtures import anyqpu_emulator, emulator, kipu, pasqal, rigetti, scaleway

    __all__ += ["anyqpu_emulator", "emulator", "kipu", "pasqal", "rigetti", "scaleway"]  # pyright: ignore[reportUnsupportedDunderAll]
