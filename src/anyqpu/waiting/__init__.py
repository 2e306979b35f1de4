"""Waiting for something remote to change, without a thread and without asking too often."""

from anyqpu.model.polling import PollPolicy
from anyqpu.waiting.batch_poller import AT_ONCE, BatchPoller, BatchResult, Subscriber
from anyqpu.waiting.clock import Clock, LoopClock
from anyqpu.waiting.waiter import Phase, StatusUnknownError, WaitExpiredError, WaitLimits, Watch

__all__ = [
    "AT_ONCE",
    "BatchPoller",
    "BatchResult",
    "Clock",
    "LoopClock",
    "Phase",
    "PollPolicy",
    "StatusUnknownError",
    "Subscriber",
    "WaitExpiredError",
    "WaitLimits",
    "Watch",
]
