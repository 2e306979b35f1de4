"""Choose a device among those of several clouds, by what fits the program, and then by queue or price."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import anyqpu_programs as fitting
from anyqpu.core.arguments import is_text, shown
from anyqpu.core.job_prices import check_price, price_of
from anyqpu.core.stored_arguments import submit_options
from anyqpu.errors import AnyQPUError, BudgetExceededError, UnsupportedOperationError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.status import DeviceKind, DeviceStatus

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.program import Program, ProgramFormat

Prefer = Literal["queue", "price"]
# A device whose cloud does not say how many jobs wait comes after those that do.
UNKNOWN_QUEUE = 10**6
_QUBITS = re.compile(r"\bqreg\s+\w+\s*\[\s*(\d+)\s*\]|\bqubit(?:\s*\[\s*(\d+)\s*\])?\s+\w+\s*;")


def split_device(device: object, clients: Mapping[str, Client]) -> tuple[str, str]:
    """Return the provider and the identifier of a device, `"provider:device"` or a `Device`."""
    if isinstance(device, Device):
        provider, name = device.provider, device.id
    elif is_text(device):
        provider, _, name = cast("str", device).partition(":")
        if provider not in clients and len(clients) == 1:
            provider, name = next(iter(clients)), cast("str", device)
    else:
        raise ValidationError(f"device is a text such as 'kipu:kipu.sim.qsim', not {shown(device)}", fields=("device",))
    if provider not in clients or not name:
        raise ValidationError(
            f"no cloud of this fleet has the device {shown(device)}",
            fields=("device",),
            hint=f"Give it as PROVIDER:DEVICE; the fleet has {', '.join(clients)}",
        )
    return provider, name


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A choice of devices, as `fleet.any_of` returns it for `submit(device=...)`.

    Attributes:
        names: Clouds, or devices as `PROVIDER:DEVICE`.
        prefer: `queue` for the shortest queue, `price` for the lowest price.
        kind: Only hardware, or only simulators; None for both.
    """

    names: tuple[str, ...]
    prefer: Prefer = "queue"
    kind: DeviceKind | str | None = None

    def __post_init__(self) -> None:
        for argument, value, valid in (
            ("prefer", self.prefer, ["queue", "price"]),
            ("kind", self.kind, [None, *DeviceKind]),
        ):
            if value not in valid:
                raise ValidationError(f"invalid {argument}: {shown(value)}", fields=(argument,))


@dataclass(eq=False, slots=True)
class Candidate:
    """A device that programs may go to, with its price and the number of jobs before the next one."""

    account: str
    device: Device
    price: Money | None
    queue: int


class Router:
    """The candidates of one choice, which are read once for all programs of a call."""

    def __init__(self, choice: AnyOf, candidates: Sequence[Candidate], *, needs_price: bool) -> None:
        self._choice = choice
        self._candidates = candidates
        self._needs_price = needs_price
        # Why a program cannot be converted for a device, by the program and the formats of the device.
        self._fits: dict[tuple[Program, tuple[ProgramFormat, ...]], str | None] = {}

    @classmethod
    async def load(
        cls,
        choice: AnyOf,
        clients: Mapping[str, Client],
        options: Callable[[Client], Mapping[str, Any]],
        prices: Mapping[str, Pricing | Money],
        *,
        needs_price: bool,
    ) -> Router:
        """Read the devices of a choice, and their prices where those matter; `needs_price`: there is a budget."""
        candidates: list[Candidate] = []
        for name in choice.names:
            if name in clients:
                devices = [device async for device in clients[name].devices()]
            else:
                provider, id = split_device(name, clients)
                devices = [await clients[provider].device(id)]
            for device in devices:
                if choice.kind is not None and device.kind != choice.kind:
                    continue
                client = clients[device.provider]
                wants_price = needs_price or choice.prefer == "price"
                price = await price_of(client, device.id, options(client), prices) if wants_price else None
                queue = UNKNOWN_QUEUE if device.queue_depth is None else device.queue_depth
                candidates.append(Candidate(device.provider, device, price, queue))
        return cls(choice, candidates, needs_price=needs_price)

    async def choose(self, program: Program, shots: int | None) -> Candidate:
        """Return the best device for a program, and count the program as waiting there.

        Raises:
            UnsupportedOperationError: The program fits none; the message says why.
            BudgetExceededError: There is a budget, and the price of each that fits is unknown.
        """
        reasons = [(candidate, await self._reason(candidate.device, program, shots)) for candidate in self._candidates]
        fitting = [candidate for candidate, reason in reasons if reason is None]
        if not fitting:
            why = "; ".join(f"{candidate.device.target}: {reason}" for candidate, reason in reasons)
            raise UnsupportedOperationError(f"the program fits none of {', '.join(self._choice.names)}: {why[:1000]}")
        by_queue = self._choice.prefer == "queue"
        priced = [candidate for candidate in fitting if candidate.price is not None]
        if not priced and (self._needs_price or not by_queue):
            devices = ", ".join(candidate.device.target for candidate in fitting)
            raise BudgetExceededError(
                f"the prices of {devices[:1000]} are unknown", hint="Give them: Fleet(prices={'PROVIDER:DEVICE': ...})"
            )
        if by_queue:
            best = min(priced if self._needs_price else fitting, key=lambda candidate: candidate.queue)
        else:
            currencies = {one.price.currency for one in priced if one.price is not None and one.price.amount}
            if len(currencies) > 1:
                problem = f"prices in {' and '.join(sorted(currencies))} cannot be compared"
                raise ValidationError(
                    problem, fields=("device",), hint="Give prices in one currency: Fleet(prices=...)"
                )
            best = min(priced, key=_cost)
        best.queue += 1
        return best

    async def _reason(self, device: Device, program: Program, shots: int | None) -> str | None:
        """Return why a device does not take a program; None if it may."""
        if device.accepting_jobs is False or device.status in {DeviceStatus.OFFLINE, DeviceStatus.RETIRED}:
            return "it does not accept jobs"
        if shots is not None and device.shots_max is not None and shots > device.shots_max:
            return f"it takes at most {device.shots_max} shots"
        if shots is not None and device.shots_min is not None and shots < device.shots_min:
            return f"it takes at least {device.shots_min} shots"
        qubits = qubits_of(program)
        if qubits is not None and device.num_qubits is not None and qubits > device.num_qubits:
            return f"it has {device.num_qubits} qubits, and the program {qubits}"
        if not device.formats or program.format in device.formats:
            return None
        key = program, device.formats
        if key not in self._fits:
            try:
                await fitting.fit(program, device.formats, called="it", provider=device.provider)
                self._fits[key] = None
            except AnyQPUError as error:
                self._fits[key] = error.message
        return self._fits[key]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a program goes, with the arguments of its submit, and its price where there is a budget.

    Attributes:
        is_routed: Whether it was chosen among several.
    """

    account: str
    device: str
    options: dict[str, Any]
    price: Money | None
    is_routed: bool = False


async def targets_of(
    programs: Sequence[Program],
    device: str | Device | AnyOf,
    *,
    clients: Mapping[str, Client],
    shots: int | None,
    options: Mapping[str, Any],
    prices: Mapping[str, Pricing | Money],
    budget: Money | None,
) -> list[Target]:
    """Return where each program goes; raise `BudgetExceededError` for a price that the budget cannot be compared with.

    Without a choice of devices and without a budget, nothing is requested.
    """

    def options_of(client: Client) -> dict[str, Any]:
        return submit_options(client, shots, options)

    if not isinstance(device, AnyOf):
        account, name = split_device(device, clients)
        arguments: dict[str, Any] = options_of(clients[account])
        price: Money | None = None
        if budget is not None:
            price = await price_of(clients[account], name, arguments, prices)
            price = check_price(price, budget, f"{account}:{name}")
        return [Target(account, name, arguments, price)] * len(programs)
    router = await Router.load(device, clients, options_of, prices, needs_price=budget is not None)
    targets: list[Target] = []
    for program in programs:
        best = await router.choose(program, shots)
        price = None if budget is None else check_price(best.price, budget, best.device.target)
        targets.append(Target(best.account, best.device.id, options_of(clients[best.account]), price, is_routed=True))
    return targets


def _cost(candidate: Candidate) -> tuple[Any, int]:
    return (candidate.price.amount if candidate.price is not None else 0, candidate.queue)


def qubits_of(program: Program) -> int | None:
    """Return the number of qubits that a program of OpenQASM declares; None where it is not known."""
    if not program.format.value.endswith(("qasm2", "qasm3")):
        return None
    sizes = [old or new or "1" for old, new in _QUBITS.findall(program.text)]
    return sum(map(int, sizes)) if sizes else None
