"""Many jobs on several clouds, which survive crashes: the plan, the sends and the outcomes are in a ledger."""

from anyqpu.core.routing import AnyOf
from anyqpu.fleet.fleet import Fleet
from anyqpu.fleet.tickets import Ticket
from anyqpu.ledger.entry import Entry, Outcome

__all__ = ["AnyOf", "Entry", "Fleet", "Outcome", "Ticket"]
