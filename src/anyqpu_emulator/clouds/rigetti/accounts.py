"""Users and groups: membership, balances and invoices."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import EVENT_PRICES, ME, PEOPLE, Group, Person
from .errors import QcsError, invalid
from .fields import stamp
from .invoices import invoice, invoices, lines, upcoming, upcoming_lines
from .paging import page
from .processors import processor
from .store import Account, Store, group_account, user_account


class AccountHandlers(Handlers[Store, Auth]):
    """Six operations for each of users and groups, four on membership, and the prices of events."""

    def _account(self, request: Request) -> Account:
        """Return the user or group in the path."""
        if "userId" in request.path_params:
            return user_account(request.path_params["userId"])
        name = request.path_params["groupName"]
        if name not in self.store.groups:
            raise QcsError(404, f"there is no group {name!r}")
        return group_account(self.store, name)

    @handles("GetUserBalance", "GetGroupBalance")
    async def _balance(self, request: Request) -> Response:
        return json_response({"balance": self.store.balance(self._account(request))})

    @handles("GetUserBillingCustomer", "GetGroupBillingCustomer")
    async def _customer(self, request: Request) -> Response:
        account = self._account(request)
        return json_response({"id": f"cus_{account.type}_{account.id}", "email": ME.email})

    @handles("ListUserBillingInvoices", "ListGroupBillingInvoices")
    async def _invoices(self, request: Request) -> Response:
        past = invoices(self._account(request), self.store.began)
        return page(request, "billingInvoices", [record.view() for record in past])

    @handles("ListUserBillingInvoiceLines", "ListGroupBillingInvoiceLines")
    async def _lines(self, request: Request) -> Response:
        record = invoice(self._account(request), self.store.began, request.path_params["billingInvoiceId"])
        return page(request, "billingInvoiceLines", lines(record))

    @handles("GetUserUpcomingBillingInvoice", "GetGroupUpcomingBillingInvoice")
    async def _upcoming(self, request: Request) -> Response:
        return json_response(upcoming(self.store, self._account(request)))

    @handles("ListUserUpcomingBillingInvoiceLines", "ListGroupUpcomingBillingInvoiceLines")
    async def _upcoming_lines(self, request: Request) -> Response:
        return page(request, "billingInvoiceLines", upcoming_lines(self.store, self._account(request)))

    @handles("GetUserEventBillingPrice")
    async def _event_price(self, request: Request) -> Response:
        self._account(request)
        product, name = request.state.body["product"], request.state.body.get("quantumProcessorId")
        event = EVENT_PRICES[product]
        cents = event.get("cents")
        if cents is None:
            if not name:
                raise invalid(f"{product} is priced by processor; quantumProcessorId is missing", "body", "product")
            cents = float(processor(name).cents_per_minute)
        view = {"id": list(EVENT_PRICES).index(product) + 1, "product": product}
        view |= {"unitAmountDecimal": cents, "unitLabel": event["unit"]}
        return json_response(view | ({"quantumProcessorId": processor(name).id} if name else {}))

    @handles("ListUserGroups")
    async def _user_groups(self, request: Request) -> Response:
        user = user_account(request.path_params["userId"]).id
        groups = [self._group_view(group) for group in self.store.groups.values() if user in group.members]
        return page(request, "groups", groups)

    @handles("ListGroupUsers")
    async def _group_users(self, request: Request) -> Response:
        name = request.path_params["groupName"]
        group = self.store.groups.get(name)
        # As for an unknown group: the document has no 403 here.
        if group is None or ME.idp_id not in group.members:
            raise QcsError(404, f"there is no group {name!r}")
        created = stamp(self.store.began)
        return page(request, "users", [PEOPLE[member].view(created) for member in group.members])

    @handles("AddGroupUser")
    async def _add(self, request: Request) -> Response:
        group, person = self._membership(request)
        if person.idp_id not in group.members:
            group.members = [*group.members, person.idp_id]
        return Response(status_code=204)

    @handles("RemoveGroupUser")
    async def _remove(self, request: Request) -> Response:
        group, person = self._membership(request)
        if person.idp_id in group.members:
            group.members = [member for member in group.members if member != person.idp_id]
        return Response(status_code=204)

    def _membership(self, request: Request) -> tuple[Group, Person]:
        """Return the group and the user that a body names."""
        body = request.state.body
        user_id, email = body.get("userId"), body.get("userEmail")
        group_id, name = body.get("groupId"), body.get("groupName")
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
