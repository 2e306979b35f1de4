"""Users and groups: who belongs where, what they owe, and their invoices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from .catalogue import ME, PEOPLE, Group, Person
from .errors import QcsError, invalid
from .fields import body_of, stamp, text
from .invoices import invoice, invoices, lines, upcoming, upcoming_lines
from .room import Room, page
from .store import Account, group_account, user_account

_Handler = Callable[[Request, Account], Awaitable[Response]]


class AccountRoutes(Room):
    """Sixteen operations: six for each of users and groups, and four on membership."""

    def routes(self) -> list[BaseRoute]:
        """Twins for the two types of account."""
        tails = (
            ("balance", self._balance),
            ("billingCustomer", self._customer),
            ("billingInvoices:getUpcoming", self._upcoming),
            ("billingInvoices:listUpcomingLines", self._upcoming_lines),
            ("billingInvoices/{billingInvoiceId}/lines", self._lines),
            ("billingInvoices", self._invoices),
        )
        twins: list[BaseRoute] = []
        for tail, handler in tails:
            twins.append(self.guarded("GET", f"/v1/users/{{userId}}/{tail}", _of_user(handler)))
            twins.append(self.guarded("GET", f"/v1/groups/{{groupName}}/{tail}", self._of_group(handler)))
        return [
            *twins,
            self.guarded("GET", "/v1/users/{userId}/groups", self._user_groups),
            self.guarded("GET", "/v1/groups/{groupName}/users", self._group_users),
            self.guarded("POST", "/v1/groups:addUser", self._add),
            self.guarded("POST", "/v1/groups:removeUser", self._remove),
        ]

    def _of_group(self, handler: _Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            name = request.path_params["groupName"]
            if name not in self.store.groups:
                raise QcsError(404, f"there is no group {name!r}")
            return await handler(request, group_account(self.store, name))

        return endpoint

    async def _balance(self, request: Request, account: Account) -> Response:
        return json_response({"balance": self.store.balance(account)})

    async def _customer(self, request: Request, account: Account) -> Response:
        return json_response({"id": f"cus_{account.type}_{account.id}", "email": ME.email})

    async def _invoices(self, request: Request, account: Account) -> Response:
        found = [record.view() for record in invoices(account, self.store.began)]
        return page(request, "billingInvoices", found)

    async def _lines(self, request: Request, account: Account) -> Response:
        found = invoice(account, self.store.began, request.path_params["billingInvoiceId"])
        return page(request, "billingInvoiceLines", lines(found))

    async def _upcoming(self, request: Request, account: Account) -> Response:
        return json_response(upcoming(self.store, account))

    async def _upcoming_lines(self, request: Request, account: Account) -> Response:
        return page(request, "billingInvoiceLines", upcoming_lines(self.store, account))

    async def _user_groups(self, request: Request) -> Response:
        user = user_account(request.path_params["userId"]).id
        found = [self._group_view(group) for group in self.store.groups.values() if user in group.members]
        return page(request, "groups", found)

    async def _group_users(self, request: Request) -> Response:
        name = request.path_params["groupName"]
        group = self.store.groups.get(name)
        # Like an unknown one: the published document knows no 403 here.
        if group is None or ME.idp_id not in group.members:
            raise QcsError(404, f"there is no group {name!r}")
        created = stamp(self.store.began)
        return page(request, "users", [PEOPLE[member].view(created) for member in group.members])

    async def _add(self, request: Request) -> Response:
        group, person = await self._membership(request)
        if person.idp_id not in group.members:
            group.members = [*group.members, person.idp_id]
        return Response(status_code=204)

    async def _remove(self, request: Request) -> Response:
        group, person = await self._membership(request)
        if person.idp_id in group.members:
            group.members = [member for member in group.members if member != person.idp_id]
        return Response(status_code=204)

    async def _membership(self, request: Request) -> tuple[Group, Person]:
        """The group and the user that a body names, each by its id or otherwise."""
        body = await body_of(request)
        user_id, email = text(body, "userId"), text(body, "userEmail")
        group_id, name = text(body, "groupId"), text(body, "groupName")
        if not (user_id or email):
            raise invalid("userId or userEmail is missing", "body", "userId")
        if not (group_id or name):
            raise invalid("groupId or groupName is missing", "body", "groupName")
        for group in self.store.groups.values():
            if ME.idp_id in group.members and (group.id == group_id if group_id else group.name == name):
                break
        else:
            raise QcsError(404, f"there is no group {group_id or name!r}")
        for person in PEOPLE.values():
            if person.idp_id == user_id if user_id else person.email == email:
                return group, person
        raise QcsError(404, f"there is no user {user_id or email!r}")

    def _group_view(self, group: Group) -> dict[str, Any]:
        when = stamp(self.store.began)
        view = {"id": group.id, "name": group.name, "description": group.description}
        return view | {"createdTime": when, "updatedTime": when, "lastMembershipUpdatedTime": when}


def _of_user(handler: _Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await handler(request, user_account(request.path_params["userId"]))

    return endpoint
