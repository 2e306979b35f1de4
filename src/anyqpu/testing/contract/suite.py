"""All parts of the contract as one class."""

from __future__ import annotations

from anyqpu.testing.contract.before_send import BeforeSendContract
from anyqpu.testing.contract.cancelling import CancelContract
from anyqpu.testing.contract.costs import CostContract
from anyqpu.testing.contract.devices import DeviceContract
from anyqpu.testing.contract.failures import FailureContract
from anyqpu.testing.contract.handles import HandleContract
from anyqpu.testing.contract.keys import KeyContract
from anyqpu.testing.contract.lifecycle import LifecycleContract
from anyqpu.testing.contract.lists import ListContract
from anyqpu.testing.contract.reservations import ReservationContract
from anyqpu.testing.contract.results import ResultContract
from anyqpu.testing.contract.sessions import SessionContract
from anyqpu.testing.contract.submitting import SubmitContract
from anyqpu.testing.contract.waiting import WaitContract


class ContractSuite(
    BeforeSendContract,
    CancelContract,
    CostContract,
    DeviceContract,
    FailureContract,
    HandleContract,
    KeyContract,
    LifecycleContract,
    ListContract,
    ReservationContract,
    ResultContract,
    SessionContract,
    SubmitContract,
    WaitContract,
):
    """Every promise of the common API. Subclass it as `TestAcme`, set its attributes, and override its hooks."""
