"""Clients of the emulated Rigetti QCS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from anyqpu_emulator import Emulator

BASE = "http://emulator/rigetti"
ME = "00u0emulator0user001"
BELL = "DECLARE ro BIT[2]\nH 0\nCNOT 0 1\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


@asynccontextmanager
async def rigetti(emulator: Emulator, token: str = "emulator", **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {token}", **headers} if token else headers
    transport = httpx.ASGITransport(emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client
