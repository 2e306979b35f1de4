"""docs/contract.md: it names every attribute and hook of the contract suite."""

from __future__ import annotations

import inspect
from pathlib import Path

from anyqpu.testing.contract import ContractSuite
from anyqpu.testing.contract.configuration import ContractBase

PAGE = Path(__file__).parents[2] / "docs" / "contract.md"
HOOKS = ("cloud", "connect", "hold_job", "release_job", "fail_job", "break_requests", "elapse", "now")


def test_the_page_names_every_attribute_and_hook() -> None:
    text = PAGE.read_text(encoding="utf-8")
    attributes = [name for name in inspect.get_annotations(ContractBase) if not name.startswith("_")]
    assert len(attributes) > 15
    for name in (*attributes, *HOOKS):
        assert f"`{name}" in text, name
        assert hasattr(ContractSuite, name) or name in attributes
