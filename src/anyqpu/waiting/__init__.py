"""Waiting for something remote to change, without a thread and without asking too often."""

from anyqpu.waiting.policy import PollPolicy
from anyqpu.waiting.waiter import Watch

__all__ = ["PollPolicy", "Watch"]
