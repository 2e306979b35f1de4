"""Waiting for something remote to change, without a thread and without asking too often."""

from anyqpu.model.polling import PollPolicy
from anyqpu.waiting.clock import Clock, LoopClock
from anyqpu.waiting.shared import AT_ONCE, Listed, Member, Sweeper
from anyqpu.waiting.waiter import Phase, StatusUnknownError, WaitExpiredError, WaitLimits, Watch

__all__ = [
    "AT_ONCE",
    "Clock",
    "Listed",
    "LoopClock",
    "Member",
    "Phase",
    "PollPolicy",
    "StatusUnknownError",
    "Sweeper",
    "WaitExpiredError",
    "WaitLimits",
    "Watch",
]
