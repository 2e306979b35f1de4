"""For tests of code that uses anyqpu."""

from __future__ import annotations

from anyqpu.transport.retry import retries_off

__all__ = ["retries_off"]
