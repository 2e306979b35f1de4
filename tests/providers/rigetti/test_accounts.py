"""Users, groups and billing on the emulated Rigetti, and what is in `raw` only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from anyqpu_raw.rigetti import models

import anyqpu
from anyqpu import errors
from anyqpu.model.money import Money
from anyqpu.providers.rigetti import RigettiClient

from .conftest import DEVICE

pytestmark = pytest.mark.anyio


async def test_services_have_short_names_and_those_of_version_1(rigetti: RigettiClient) -> None:
    """The names of version 1 are the methods of the composed services."""
    assert rigetti.user == rigetti.accounts.user
    assert (rigetti.balance, rigetti.billing_customer) == (rigetti.billing.balance, rigetti.billing.customer)
    assert (rigetti.add_to_group, rigetti.remove_from_group) == (rigetti.groups.add, rigetti.groups.remove)
    assert (rigetti.endpoint, rigetti.wait_for_endpoint) == (rigetti.endpoints.get, rigetti.endpoints.wait)
    assert (rigetti.engage, rigetti.isa) == (rigetti.engagements.engage, rigetti.processors.isa)
    assert await rigetti.groups().collect() == await rigetti.groups.list().collect()
    assert await rigetti.endpoints().collect() == await rigetti.endpoints.list().collect()


async def test_the_user(rigetti: RigettiClient) -> None:
    user = await rigetti.user()
    assert (user.id, user.number, user.email) == ("00u0emulator0user001", 1, "ada@example.org")


async def test_credit_is_money(rigetti: RigettiClient) -> None:
    user = await rigetti.user()
    assert await rigetti.balance() == Money(Decimal("1000.00"), "USD") == await rigetti.balance(user=user.id)
    assert await rigetti.balance(group="emulator-lab") == Money(Decimal(2500), "USD")
    with pytest.raises(errors.PermissionDeniedError):
        await rigetti.balance(group="other-lab")
    with pytest.raises(errors.NotFoundError):
        await rigetti.balance(user="unknown")
    with pytest.raises(errors.ValidationError, match="not both"):
        await rigetti.balance(user="a", group="b")
    with pytest.raises(errors.ValidationError, match="group is a text"):
        await rigetti.balance(group="")


async def test_the_clients_account_is_the_one_that_is_meant() -> None:
    async with anyqpu.connect("rigetti", emulator=True, account_id="emulator-lab", account_type="group") as rigetti:
        assert (await rigetti.balance()).amount == 2500
        assert (await rigetti.balance(user=(await rigetti.user()).id)).amount == 1000


@pytest.mark.parametrize("group", [None, "emulator-lab"])
async def test_invoices(rigetti: RigettiClient, group: str | None) -> None:
    invoices = await rigetti.invoices(group=group, page_size=2).collect()
    assert len(invoices) == 3
    first = invoices[0]
    assert (first.status, first.total, first.tax) == ("paid", Money(Decimal(300), "USD"), Money(Decimal(0), "USD"))
    lines = await rigetti.invoice_lines(first, group=group).collect()
    assert sum(line.amount.amount for line in lines) == 300
    assert lines == await rigetti.invoice_lines(first.id or "", group=group, page_size=1).collect()
    assert (lines[0].quantity, lines[0].metadata) == (30, {"quantumProcessorId": DEVICE})
    assert "@" in (await rigetti.billing_customer(group=group)).email
    start = datetime.now(UTC) + timedelta(days=1)
    account = {} if group is None else {"account_id": group, "account_type": "group"}
    await rigetti.reserve(DEVICE, start=start, end=start + timedelta(minutes=5), **account)  # type: ignore[arg-type]
    upcoming = await rigetti.upcoming_invoice(group=group)
    assert (upcoming.id, upcoming.total) == (None, Money(Decimal(20), "USD"))
    [line] = await rigetti.invoice_lines(upcoming, group=group).collect()
    assert line.amount == upcoming.total
    with pytest.raises(errors.NotFoundError):
        await rigetti.invoice_lines("in_nothing", group=group).collect()


async def test_groups_and_their_members(rigetti: RigettiClient) -> None:
    [group] = await rigetti.groups().collect()
    assert group.name == "emulator-lab"
    members = await rigetti.group_members(group, page_size=1).collect()
    assert [member.first_name for member in members] == ["Ada", "Grace"]
    await rigetti.add_to_group(group, email="emmy@example.org")
    assert len(await rigetti.group_members(group.name).collect()) == 3
    await rigetti.remove_from_group(group, user=members[1])
    assert {member.first_name async for member in rigetti.group_members(group)} == {"Ada", "Emmy"}
    assert await rigetti.groups(user=(await rigetti.user()).id).collect() == [group]
    with pytest.raises(errors.NotFoundError):
        await rigetti.add_to_group(group, user="unknown")
    for wrong in ({}, {"user": "a", "email": "b"}):
        with pytest.raises(errors.ValidationError, match="by user or by email"):
            await rigetti.add_to_group(group, **wrong)


async def test_health_and_client_applications_are_in_raw(rigetti: RigettiClient) -> None:
    assert (await rigetti.raw.get_health()).status == "PASS"
    await rigetti.raw.health_check()
    listed = await rigetti.raw.list_client_applications()
    applications = {application.name: application for application in listed.client_applications}
    assert applications["pyquil"] == await rigetti.raw.get_client_application("pyquil")
    body = models.CheckClientApplicationRequest(name="pyquil", version="2.0.0")
    old = await rigetti.raw.check_client_application(body=body)
    assert (old.is_latest_version, old.is_update_required) == (False, True)
    assert "3.0.0" in str(old.message)
    with pytest.raises(errors.NotFoundError):
        await rigetti.raw.get_client_application("word")
    with pytest.raises(errors.ValidationError):
        await rigetti.raw.check_client_application(
            body=models.CheckClientApplicationRequest(name="pyquil", version="new")
        )


async def test_passwords_are_in_raw_and_not_in_errors(rigetti: RigettiClient) -> None:
    def change(old: str, new: str) -> models.AuthResetPasswordRequest:
        return models.AuthResetPasswordRequest(old_password=old, new_password=new)

    raw = rigetti.raw
    await raw.auth_reset_password(body=change("canary-old", "canary-new-1"))
    await raw.auth_email_password_reset_token(body=models.AuthEmailPasswordResetTokenRequest(email="ada@example.org"))
    reset = models.AuthResetPasswordWithTokenRequest(token="canary-token", new_password="canary-new-2")
    await raw.auth_reset_password_with_token(body=reset)
    with pytest.raises(errors.AuthenticationError) as caught:
        await raw.auth_reset_password(body=change("canary-denied", "canary-new-1"))
    assert "canary" not in str(caught.value) + repr(caught.value.body)
    reset = models.AuthResetPasswordWithTokenRequest(token="denied", new_password="canary-new-2")
    with pytest.raises(errors.ValidationError, match="Ask for a new password reset"):
        await raw.auth_reset_password_with_token(body=reset)
    with pytest.raises(errors.ValidationError) as refused:
        await raw.auth_reset_password(body=change("canary\ud800", "n"))
    assert "canary" not in str(refused.value)
