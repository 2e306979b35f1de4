"""For tests of code that uses anyqpu: emulated clouds, virtual time, and fixtures for pytest.

`pytest_plugins = ["anyqpu.testing"]` in a conftest.py makes the fixtures known. Outside of pytest they are not there.
"""

from __future__ import annotations

import sys

from anyqpu.testing.clouds import EmulatedClouds, emulated
from anyqpu.testing.time import VirtualTime
from anyqpu.transport.retry import retries_off

__all__ = ["EmulatedClouds", "VirtualTime", "emulated", "retries_off"]

# Whoever loads this as a plugin has loaded pytest before; whoever has not, needs neither.
if "pytest" in sys.modules:
    from anyqpu.testing.fixtures import anyqpu_emulator, emulator, kipu, pasqal, rigetti, scaleway

    __all__ += ["anyqpu_emulator", "emulator", "kipu", "pasqal", "rigetti", "scaleway"]  # pyright: ignore[reportUnsupportedDunderAll]
