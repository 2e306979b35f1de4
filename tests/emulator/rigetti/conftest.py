"""Clients of the emulated Rigetti QCS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from anyqpu_emulator import Emulator
from tests.emulator.native_programs import RIGETTI

BASE = "http://emulator/rigetti"
ME = "00u0emulator0user001"
BELL = RIGETTI


@asynccontextmanager
async def rigetti(emulator: Emulator, token: str = "emulator", **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {token}", **headers} if token else headers
    transport = httpx.ASGITransport(emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client
