"""Wait for something remote to change, without a thread and with few requests."""

from anyqpu.model.polling import PollPolicy
from anyqpu.waiting.batch_poller import AT_ONCE, WOKEN, BatchPoller, BatchResult, Subscriber
from anyqpu.waiting.clock import Clock, LoopClock
from anyqpu.waiting.poll import Phase, Poll, Subject, WaitLimits, poll_until

__all__ = [
    "AT_ONCE",
    "WOKEN",
    "BatchPoller",
    "BatchResult",
    "Clock",
    "LoopClock",
    "Phase",
    "Poll",
    "PollPolicy",
    "Subject",
    "Subscriber",
    "WaitLimits",
    "poll_until",
]
