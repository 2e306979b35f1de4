"""Check arguments of Rigetti's operations, and write times and durations as the service takes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from anyqpu_raw.rigetti.models import AccountType as RawAccountType

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_segment, checked_time, is_one_of, shown
from anyqpu.core.values import finite
from anyqpu.errors import ValidationError

if TYPE_CHECKING:
    from anyqpu.model import device as devices
    from anyqpu.model.device import Device
    from anyqpu.providers.rigetti import records
    from anyqpu.providers.rigetti.records import Endpoint
else:
    devices = LazyModule("anyqpu.model.device")
    records = LazyModule("anyqpu.providers.rigetti.records")

PROVIDER = "rigetti"
# A reservation lasts hours; more than this is a unit other than seconds.
LONGEST_SECONDS = 10 * 366 * 86_400.0


def time_to_send(value: datetime, name: str) -> datetime:
    """Return a time in UTC; raise `ValidationError` for one without a zone."""
    time = checked_time(value, name, PROVIDER)
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ValidationError(
            f"{name} is outside of the calendar: {shown(value)}", provider=PROVIDER, fields=(name,)
        ) from None


def go_duration(value: timedelta | float, name: str) -> str:
    """Return a duration as Go writes it, such as `900s`; numbers are seconds. Raise `ValidationError`."""
    length = finite(value.total_seconds() if isinstance(value, timedelta) else value)
    if length is None or not 0 < length < LONGEST_SECONDS:
        raise ValidationError(
            f"{name} is more than 0 s, as a timedelta or a number of seconds, not {shown(value)}",
            provider=PROVIDER,
            fields=(name,),
        )
    return f"{length:.9f}".rstrip("0").rstrip(".") + "s"


def checked_id(value: object, name: str, example: str) -> str:
    """Return a text that can be part of a path; raise `ValidationError` for anything else."""
    return checked_segment(value, name, example, PROVIDER)


def device_id(device: str | Device) -> str:
    """Return the identifier of a processor; raise `ValidationError` for anything else."""
    return checked_id(device.id if isinstance(device, devices.Device) else device, "device", "Aspen-9")


def endpoint_id(endpoint: str | Endpoint) -> str:
    """Return the identifier of an endpoint; raise `ValidationError` for anything else."""
    id = endpoint.id if isinstance(endpoint, records.Endpoint) else endpoint
    return checked_id(id, "endpoint", "aspen-9-default")


def account_type_to_send(id: str | None, kind: str | None) -> RawAccountType | None:
    """Return the type of the account that a call names; raise `ValidationError` if it names only half of it."""
    if (id is None) != (kind is None):
        raise ValidationError(
            "account_id and account_type belong together",
            provider=PROVIDER,
            fields=("account_id", "account_type"),
            hint="Give both, or neither for the account of the client",
        )
    if kind is None:
        return None
    if not is_one_of(kind, ("user", "group")):
        raise ValidationError(
            f"account_type is 'user' or 'group', not {shown(kind)}", provider=PROVIDER, fields=("account_type",)
        )
    checked_id(id, "account_id", "my-group")
    return RawAccountType(kind)
