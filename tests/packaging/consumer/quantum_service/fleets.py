"""A sweep over several clouds."""

from __future__ import annotations

from decimal import Decimal

import anyqpu
from anyqpu import Fleet, Money, Outcome, Ticket


async def sweep(circuits: list[str]) -> list[int]:
    """Return the shots of each result."""
    async with Fleet("kipu", ledger="sweep.sqlite", run="sweep-7", in_flight=64) as fleet:
        tickets: list[Ticket] = await fleet.submit_many(circuits, device="kipu:kipu.sim.qsim", shots=100)
        shots: list[int] = []
        async for done in fleet.as_completed(tickets, timeout=60):
            if done.outcome is not None and done.outcome.kind == "completed":
                shots.append(done.outcome.result().counts.shots)
        return shots


async def race(bell: str) -> anyqpu.Result:
    """Return the first result."""
    prices = {"kipu:ibm.qpu.fez": Money(Decimal("1.20"), "EUR")}
    async with Fleet("scaleway", "kipu", budget=Money(50, "EUR"), prices=prices) as fleet:
        winner = await fleet.race(bell, devices=["kipu:ibm.qpu.fez", "scaleway:QPU-GARNET-20PQ"], shots=500)
        ticket = await fleet.submit(bell, device=fleet.any_of("scaleway", "kipu", prefer="price"), shots=1000)
        await ticket.cancel()
        return await winner.result()


async def outcomes() -> list[Outcome]:
    """Return the outcomes of a run, in order, and decide about what is unknown."""
    async with Fleet("kipu", ledger="sweep.sqlite") as fleet:
        for entry in await fleet.ledger.entries(state="unknown"):
            await fleet.ledger.resolve(entry.key, "resend")
        return await fleet.gather(fleet.tickets(run="sweep-7"))
