"""Any sequence of calls keeps entries within the states that the design has, and money with them."""

from __future__ import annotations

from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from anyqpu.errors import BudgetExceededError, ConflictError
from anyqpu.ledger.entry import KINDS, Change, Outcome
from anyqpu.ledger.ledger import Ledger
from tests.ledger.jobs import HANDLE, euros, job, opened, taken

# As the design has them: from a state to another one, and with which outcomes an entry ends there.
ALLOWED = {
    ("planned", "planned"),
    ("planned", "sending"),
    ("sending", "planned"),
    ("sending", "sent"),
    ("sending", "unknown"),
}
ENDINGS = {
    "planned": {"cancelled", "refused"},
    "sending": {"refused"},
    "sent": {"completed", "failed", "cancelled", "timed_out", "gone", "unknown"},
}
BUDGET = 6


class Entries(RuleBasedStateMachine):
    """A ledger, and beside it what its entries are by the rules: state, outcome, attempts, cancellation."""

    keys: Bundle[str] = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self._manager = start_blocking_portal()
        self._portal = self._manager.__enter__()
        self.ledger: Ledger = self._portal.call(opened, None)
        self.lease = self._portal.call(taken, self.ledger)
        self.model: dict[str, list[Any]] = {}

    def call(self, function: Any, *arguments: Any, conflict: bool = False) -> Any:
        """Call a method, and check whether it is a conflict."""
        try:
            value = self._portal.call(function, *arguments)
        except ConflictError:
            assert conflict
            return None
        assert not conflict
        return value

    @property
    def bound(self) -> int:
        """The entries whose money is held or spent."""
        return sum(outcome not in {"cancelled", "refused"} for _, outcome, *_ in self.model.values())

    @rule(target=keys)
    def plan(self) -> str:
        place = len(self.model)
        key = f"key-{place:06}"

        async def plan() -> None:
            await self.ledger.plan("sweep", [job(place, price=euros(1))], budget=euros(BUDGET))

        if self.bound == BUDGET:
            with pytest.raises(BudgetExceededError):
                self._portal.call(plan)
            return next(iter(self.model))
        self._portal.call(plan)
        self.model[key] = ["planned", None, 0, False]
        return key

    @rule(key=keys)
    def sending(self, key: str) -> None:
        state, _, attempts, cancel = self.model[key]
        wrong = state != "planned" or cancel
        self.call(self.ledger.sending, self.lease, key, conflict=wrong)
        if not wrong:
            self.model[key] = ["sending", None, attempts + 1, cancel]

    @rule(key=keys, state=st.sampled_from(["planned", "sent", "unknown"]))
    def record(self, key: str, state: str) -> None:
        old, outcome, attempts, cancel = self.model[key]
        handle = HANDLE if state == "sent" else None
        new = [state, None, attempts, cancel]
        is_repeated = old == state and state == "sent"
        allowed = (old, state) in ALLOWED or is_repeated
        if state == "planned" and cancel and old in {"sending", "over"}:
            # It was not sent, and is over; or it is already.
            allowed = old == "sending" or (old, outcome) == ("over", "cancelled")
            new = ["over", "cancelled", attempts, cancel]
        self.call(self.ledger.record, self.lease, Change(key, state, handle=handle), conflict=not allowed)  # type: ignore[arg-type]
        if allowed:
            self.model[key] = new

    @rule(key=keys, kind=st.sampled_from(KINDS))
    def over(self, key: str, kind: Any) -> None:
        old, outcome, attempts, cancel = self.model[key]
        allowed = kind in ENDINGS.get(old, set()) or (old, outcome) == ("over", kind)
        change = Change(key, "over", outcome=Outcome(kind))
        self.call(self.ledger.record, self.lease, change, conflict=not allowed)
        if allowed:
            self.model[key] = ["over", kind, attempts, cancel]

    @rule(key=keys, how=st.sampled_from(["resend", "abandon", HANDLE]))
    def resolve(self, key: str, how: str) -> None:
        old, outcome, attempts, cancel = self.model[key]
        new = {"resend": ["planned", None], "abandon": ["over", "unknown"]}.get(how, ["sent", None])
        # The same decision twice is one.
        allowed = old == "unknown" or [old, outcome] == new
        self.call(self.ledger.resolve, key, how, conflict=not allowed)
        if allowed:
            self.model[key] = [*new, attempts, cancel]

    @rule(key=keys)
    def cancel(self, key: str) -> None:
        old, outcome, attempts, _ = self.model[key]
        self.call(self.ledger.ask_cancel, [key])
        if old == "planned":
            self.model[key] = ["over", "cancelled", attempts, True]
        elif old != "over":
            self.model[key] = [old, outcome, attempts, True]

    @rule(key=consumes(keys))
    def forget(self, key: str) -> None:
        """Leave an entry alone from now on."""

    @invariant()
    def the_ledger_has_what_the_rules_say(self) -> None:
        entries = self._portal.call(self.ledger.entries)
        read = {
            entry.key: [entry.state, entry.outcome and entry.outcome.kind, entry.attempts, entry.cancel_asked]
            for entry in entries
        }
        assert read == self.model

    @invariant()
    def the_budget_has_the_rest(self) -> None:
        if self.model:
            with pytest.raises(BudgetExceededError) as caught:
                self._portal.call(self.ledger.plan, "sweep", [job(999, price=euros(BUDGET + 1))])
            assert caught.value.max_cost == euros(BUDGET - self.bound)

    def teardown(self) -> None:
        self._portal.call(self.ledger.aclose)
        self._manager.__exit__(None, None, None)


TestEntries = Entries.TestCase
TestEntries.settings = settings(max_examples=25, stateful_step_count=25)
