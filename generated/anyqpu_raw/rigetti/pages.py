"""The list operations of Rigetti QCS API: how each is divided into pages, and a pager of each."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from .._core import UNSET, Unset
from .._pages import PagerFactory, Pages, RawPager
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .client import RawClient
    from .models.account_type import AccountType
    from .models.announcement import Announcement
    from .models.announcements_response import AnnouncementsResponse
    from .models.available_reservation import AvailableReservation
    from .models.billing_invoice import BillingInvoice
    from .models.billing_invoice_line import BillingInvoiceLine
    from .models.client_application import ClientApplication
    from .models.endpoint import Endpoint
    from .models.find_available_reservations_response import FindAvailableReservationsResponse
    from .models.group import Group
    from .models.instruction_set_architecture import InstructionSetArchitecture
    from .models.list_account_billing_invoice_lines_response import ListAccountBillingInvoiceLinesResponse
    from .models.list_account_billing_invoices_response import ListAccountBillingInvoicesResponse
    from .models.list_client_applications_response import ListClientApplicationsResponse
    from .models.list_endpoints_response import ListEndpointsResponse
    from .models.list_group_reservations_show_deleted import ListGroupReservationsShowDeleted
    from .models.list_group_users_response import ListGroupUsersResponse
    from .models.list_groups_response import ListGroupsResponse
    from .models.list_instruction_set_architecture_response import ListInstructionSetArchitectureResponse
    from .models.list_quantum_processor_accessors_response import ListQuantumProcessorAccessorsResponse
    from .models.list_quantum_processors_response import ListQuantumProcessorsResponse
    from .models.list_reservations_response import ListReservationsResponse
    from .models.list_reservations_show_deleted import ListReservationsShowDeleted
    from .models.quantum_processor import QuantumProcessor
    from .models.quantum_processor_accessor import QuantumProcessorAccessor
    from .models.reservation import Reservation
    from .models.user import User

LIST_ENDPOINTS: Final[Pages[ListEndpointsResponse, Endpoint]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_endpoints"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("endpoints",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_QUANTUM_PROCESSORS: Final[Pages[ListQuantumProcessorsResponse, QuantumProcessor]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_quantum_processors"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("quantum_processors",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_CLIENT_APPLICATIONS: Final[Pages[ListClientApplicationsResponse, ClientApplication]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_client_applications"],
    style="single",
    items=("client_applications",),
    identity=("name",),
)
LIST_GROUP_BILLING_INVOICES: Final[Pages[ListAccountBillingInvoicesResponse, BillingInvoice]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_group_billing_invoices"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("billing_invoices",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_GROUP_BILLING_INVOICE_LINES: Final[Pages[ListAccountBillingInvoiceLinesResponse, BillingInvoiceLine]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_group_billing_invoice_lines"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("billing_invoice_lines",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_GROUP_UPCOMING_BILLING_INVOICE_LINES: Final[Pages[ListAccountBillingInvoiceLinesResponse, BillingInvoiceLine]] = (
    Pages(
        api="rigetti",
        operation=OPERATIONS["list_group_upcoming_billing_invoice_lines"],
        style="token",
        position="page_token",
        size="page_size",
        default_size=100,
        items=("billing_invoice_lines",),
        next_token=("next_page_token",),
        identity=("id",),
    )
)
LIST_GROUP_RESERVATIONS: Final[Pages[ListReservationsResponse, Reservation]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_group_reservations"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("reservations",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_GROUP_USERS: Final[Pages[ListGroupUsersResponse, User]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_group_users"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("users",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_RESERVATIONS: Final[Pages[ListReservationsResponse, Reservation]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_reservations"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("reservations",),
    next_token=("next_page_token",),
    identity=("id",),
)
FIND_AVAILABLE_RESERVATIONS: Final[Pages[FindAvailableReservationsResponse, AvailableReservation]] = Pages(
    api="rigetti",
    operation=OPERATIONS["find_available_reservations"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("available_reservations",),
    next_token=("next_page_token",),
    identity=("quantum_processor_id", "start_time", "end_time"),
)
LIST_USER_BILLING_INVOICES: Final[Pages[ListAccountBillingInvoicesResponse, BillingInvoice]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_user_billing_invoices"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("billing_invoices",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_USER_BILLING_INVOICE_LINES: Final[Pages[ListAccountBillingInvoiceLinesResponse, BillingInvoiceLine]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_user_billing_invoice_lines"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("billing_invoice_lines",),
    next_token=("next_page_token",),
    identity=("id",),
)
LIST_USER_UPCOMING_BILLING_INVOICE_LINES: Final[Pages[ListAccountBillingInvoiceLinesResponse, BillingInvoiceLine]] = (
    Pages(
        api="rigetti",
        operation=OPERATIONS["list_user_upcoming_billing_invoice_lines"],
        style="token",
        position="page_token",
        size="page_size",
        default_size=100,
        items=("billing_invoice_lines",),
        next_token=("next_page_token",),
        identity=("id",),
    )
)
LIST_USER_GROUPS: Final[Pages[ListGroupsResponse, Group]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_user_groups"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("groups",),
    next_token=("next_page_token",),
    identity=("id",),
)
GET_QUANTUM_PROCESSOR_ACCESSORS: Final[Pages[ListQuantumProcessorAccessorsResponse, QuantumProcessorAccessor]] = Pages(
    api="rigetti",
    operation=OPERATIONS["get_quantum_processor_accessors"],
    style="single",
    items=("accessors",),
    identity=("url", "access_type"),
)
LIST_INSTRUCTION_SET_ARCHITECTURES: Final[Pages[ListInstructionSetArchitectureResponse, InstructionSetArchitecture]] = (
    Pages(
        api="rigetti",
        operation=OPERATIONS["list_instruction_set_architectures"],
        style="token",
        position="page_token",
        size="page_size",
        default_size=5,
        max_size=5,
        items=("instruction_set_architectures",),
        next_token=("next_page_token",),
        identity=("name",),
    )
)
LIST_VIEWER_ANNOUNCEMENTS: Final[Pages[AnnouncementsResponse, Announcement]] = Pages(
    api="rigetti",
    operation=OPERATIONS["list_viewer_announcements"],
    style="token",
    position="page_token",
    size="page_size",
    default_size=100,
    items=("announcements",),
    next_token=("next_page_token",),
    identity=("id",),
)


class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""

    __slots__ = ("_pager", "_raw")

    def __init__(self, raw: RawClient, pager: PagerFactory) -> None:
        self._raw = raw
        self._pager = pager

    def list_endpoints(
        self,
        *,
        filter_: str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Endpoint]:
        """List Endpoints

        List all endpoints, optionally filtering by attribute.

        `GET /v1/endpoints` (ListEndpoints).

        Args:
            filter_: Filtering logic specified using
                [rule-engine](https://zerosteiner.github.io/rule-engine/syntax.html) grammar
        """
        fetch = partial(
            self._raw.list_endpoints,
            filter_=filter_,
        )
        return self._pager(fetch, LIST_ENDPOINTS, page_size=page_size, resume_token=resume_token)

    def list_quantum_processors(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[QuantumProcessor]:
        """List Quantum Processors

        List all QuantumProcessors available to the user.

        `GET /v1/quantumProcessors` (ListQuantumProcessors).
        """
        fetch = partial(
            self._raw.list_quantum_processors,
        )
        return self._pager(fetch, LIST_QUANTUM_PROCESSORS, page_size=page_size, resume_token=resume_token)

    def list_client_applications(
        self,
    ) -> RawPager[ClientApplication]:
        """List Client Applications

        List supported clients of Rigetti system components along with their latest and minimum supported
        versions.

        `GET /v1/clientApplications` (ListClientApplications).
        """
        fetch = partial(
            self._raw.list_client_applications,
        )
        return self._pager(fetch, LIST_CLIENT_APPLICATIONS)

    def list_group_billing_invoices(
        self,
        group_name: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoice]:
        """Retrieve billing invoices for a QCS group account.

        `GET /v1/groups/{groupName}/billingInvoices` (ListGroupBillingInvoices).

        Args:
            group_name: URL-encoded name of group.
        """
        fetch = partial(
            self._raw.list_group_billing_invoices,
            group_name,
        )
        return self._pager(fetch, LIST_GROUP_BILLING_INVOICES, page_size=page_size, resume_token=resume_token)

    def list_group_billing_invoice_lines(
        self,
        group_name: str,
        billing_invoice_id: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoiceLine]:
        """Retrieve billing invoice lines for a QCS group account's invoice.

        `GET /v1/groups/{groupName}/billingInvoices/{billingInvoiceId}/lines` (ListGroupBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
            billing_invoice_id: URL-encoded billing invoice id.
        """
        fetch = partial(
            self._raw.list_group_billing_invoice_lines,
            group_name,
            billing_invoice_id,
        )
        return self._pager(fetch, LIST_GROUP_BILLING_INVOICE_LINES, page_size=page_size, resume_token=resume_token)

    def list_group_upcoming_billing_invoice_lines(
        self,
        group_name: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoiceLine]:
        """List invoice lines for QCS group billing customer upcoming invoice.

        `GET /v1/groups/{groupName}/billingInvoices:listUpcomingLines` (ListGroupUpcomingBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
        """
        fetch = partial(
            self._raw.list_group_upcoming_billing_invoice_lines,
            group_name,
        )
        return self._pager(
            fetch, LIST_GROUP_UPCOMING_BILLING_INVOICE_LINES, page_size=page_size, resume_token=resume_token
        )

    def list_group_reservations(
        self,
        group_name: str,
        *,
        filter_: str | None | Unset = UNSET,
        order: str | None | Unset = UNSET,
        show_deleted: ListGroupReservationsShowDeleted | str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Reservation]:
        """List Group Reservations

        List existing reservations for the requested group.
        Available filter fields include:
        * `startTime` - timestamp
        * `endTime` - timestamp
        * `createdTime` - timestamp
        * `price` - integer
        * `quantumProcessorId` - string
        Available order fields include:
        * `startTime` - timestamp
        * `endTime` - timestamp
        * `createdTime` - timestamp
        * `price` - integer

        `GET /v1/groups/{groupName}/reservations` (ListGroupReservations).

        Args:
            group_name: URL encoded name of group for which to retrieve reservations.
            filter_: A string conforming to a *limited* set of the filtering operations
            described in [Google AIP 160](https://google.aip.dev/160).
            * Expressions are always of the form `{field} {operator} {value}` and may be grouped with `()` and
                joined with `AND` or `OR`.
            * Fields are specific to the route in question, but are typically a subset of attributes of the
                requested resource.
            * Operators are limited to `=`, `>`, `>=`, `<`, `<=`, and `!=`.
            * Values may take the following forms:
            * `true` or `false` for boolean fields
            * a number
            * a string (include surrounding `"`s),
            * a duration string (include surrounding `"`s). Valid time units are "ns", "us" (or "µs"), "ms",
                "s", "m", "h".
            * a date string (include surrounding `"`s). Should be formatted [RFC3339
                5.6](https://tools.ietf.org/html/rfc3339#section-5.6).
            For example, `startTime >= "2020-06-24T22:00:00.000Z" OR (duration >= "15m" AND endTime <
                "2020-06-24T22:00:00.000Z")`.
            order: A string conforming to order specification described in [Google
            AIP 132](https://google.aip.dev/132#ordering).
            * Fields are specific to the route in question, but are typically a subset
            of attributes of the requested resource.
            * May include a comma separated list of many fields.
            * Fields are sorted in *ascending* order unless the field is followed by `DESC`.
            For example, `quantumProcessorId, startTime DESC`.
            show_deleted: If you wish to include deleted (or cancelled) resources in your response, include
                `showDeleted=true`.
        """
        fetch = partial(
            self._raw.list_group_reservations,
            group_name,
            filter_=filter_,
            order=order,
            show_deleted=show_deleted,
        )
        return self._pager(fetch, LIST_GROUP_RESERVATIONS, page_size=page_size, resume_token=resume_token)

    def list_group_users(
        self,
        group_name: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[User]:
        """List users belonging to a group

        List users belonging to a group. Note, group membership may take several minutes to update within our
        identity provider. After adding or removing a user to or from a group, please allow up to 60 minutes for
        changes to be reflected.

        `GET /v1/groups/{groupName}/users` (ListGroupUsers).

        Args:
            group_name: URL encoded name of group for which to retrieve users.
        """
        fetch = partial(
            self._raw.list_group_users,
            group_name,
        )
        return self._pager(fetch, LIST_GROUP_USERS, page_size=page_size, resume_token=resume_token)

    def list_reservations(
        self,
        *,
        filter_: str | None | Unset = UNSET,
        order: str | None | Unset = UNSET,
        show_deleted: ListReservationsShowDeleted | str | None | Unset = UNSET,
        x_qcs_account_id: str | None | Unset = UNSET,
        x_qcs_account_type: AccountType | str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Reservation]:
        """List Reservations

        List existing reservations for the authenticated user,
        or a target user when specifying `X-QCS-ACCOUNT-ID` and `X-QCS-ACCOUNT-TYPE`
        headers.
        Available filter fields include:
        * `startTime` - timestamp
        * `endTime` - timestamp
        * `createdTime` - timestamp
        * `price` - integer
        * `cancelled` - boolean (deprecated, use `showDeleted` parameter)
        * `quantumProcessorId` - string
        Available order fields include:
        * `startTime` - timestamp
        * `endTime` - timestamp
        * `createdTime` - timestamp
        * `price` - integer

        `GET /v1/reservations` (ListReservations).

        Args:
            filter_: A string conforming to a *limited* set of the filtering operations
            described in [Google AIP 160](https://google.aip.dev/160).
            * Expressions are always of the form `{field} {operator} {value}` and may be grouped with `()` and
                joined with `AND` or `OR`.
            * Fields are specific to the route in question, but are typically a subset of attributes of the
                requested resource.
            * Operators are limited to `=`, `>`, `>=`, `<`, `<=`, and `!=`.
            * Values may take the following forms:
            * `true` or `false` for boolean fields
            * a number
            * a string (include surrounding `"`s),
            * a duration string (include surrounding `"`s). Valid time units are "ns", "us" (or "µs"), "ms",
                "s", "m", "h".
            * a date string (include surrounding `"`s). Should be formatted [RFC3339
                5.6](https://tools.ietf.org/html/rfc3339#section-5.6).
            For example, `startTime >= "2020-06-24T22:00:00.000Z" OR (duration >= "15m" AND endTime <
                "2020-06-24T22:00:00.000Z")`.
            order: A string conforming to order specification described in [Google
            AIP 132](https://google.aip.dev/132#ordering).
            * Fields are specific to the route in question, but are typically a subset
            of attributes of the requested resource.
            * May include a comma separated list of many fields.
            * Fields are sorted in *ascending* order unless the field is followed by `DESC`.
            For example, `quantumProcessorId, startTime DESC`.
            show_deleted: If you wish to include deleted (or cancelled) resources in your response, include
                `showDeleted=true`.
            x_qcs_account_id: Used to specify a subject account ID for a request.
            Does not take precedence over a corresponding request body field when one
            is present.
            x_qcs_account_type: Used to specify the subject account's type for a request
            in conjunction with the X-QCS-ACCOUNT-ID header.
            Does not take precedence over a corresponding request body field when one
            is present.
        """
        fetch = partial(
            self._raw.list_reservations,
            filter_=filter_,
            order=order,
            show_deleted=show_deleted,
            x_qcs_account_id=x_qcs_account_id,
            x_qcs_account_type=x_qcs_account_type,
        )
        return self._pager(fetch, LIST_RESERVATIONS, page_size=page_size, resume_token=resume_token)

    def find_available_reservations(
        self,
        *,
        quantum_processor_id: str,
        start_time_from: datetime,
        duration: str,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[AvailableReservation]:
        """Find Available Reservations

        List currently available reservations on the requested Rigetti quantum computer.

        `GET /v1/reservations:findAvailable` (FindAvailableReservations).

        Args:
            duration: Formatted as specified for golang https://golang.org/pkg/time/#ParseDuration.
        """
        fetch = partial(
            self._raw.find_available_reservations,
            quantum_processor_id=quantum_processor_id,
            start_time_from=start_time_from,
            duration=duration,
        )
        return self._pager(fetch, FIND_AVAILABLE_RESERVATIONS, page_size=page_size, resume_token=resume_token)

    def list_user_billing_invoices(
        self,
        user_id: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoice]:
        """Retrieve billing invoices for a QCS user account.

        `GET /v1/users/{userId}/billingInvoices` (ListUserBillingInvoices).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        fetch = partial(
            self._raw.list_user_billing_invoices,
            user_id,
        )
        return self._pager(fetch, LIST_USER_BILLING_INVOICES, page_size=page_size, resume_token=resume_token)

    def list_user_billing_invoice_lines(
        self,
        user_id: str,
        billing_invoice_id: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoiceLine]:
        """Retrieve billing invoice lines for a QCS user account's invoice.

        `GET /v1/users/{userId}/billingInvoices/{billingInvoiceId}/lines` (ListUserBillingInvoiceLines).

        Args:
            user_id: URL-encoded QCS id of user. May be found as `idpId` in the `AuthGetUser` API call.
            billing_invoice_id: URL-encoded billing invoice id.
        """
        fetch = partial(
            self._raw.list_user_billing_invoice_lines,
            user_id,
            billing_invoice_id,
        )
        return self._pager(fetch, LIST_USER_BILLING_INVOICE_LINES, page_size=page_size, resume_token=resume_token)

    def list_user_upcoming_billing_invoice_lines(
        self,
        user_id: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BillingInvoiceLine]:
        """List invoice lines for QCS user billing customer upcoming invoice.

        `GET /v1/users/{userId}/billingInvoices:listUpcomingLines` (ListUserUpcomingBillingInvoiceLines).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        fetch = partial(
            self._raw.list_user_upcoming_billing_invoice_lines,
            user_id,
        )
        return self._pager(
            fetch, LIST_USER_UPCOMING_BILLING_INVOICE_LINES, page_size=page_size, resume_token=resume_token
        )

    def list_user_groups(
        self,
        user_id: str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Group]:
        """List QCS groups for the requested user

        `GET /v1/users/{userId}/groups` (ListUserGroups).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        fetch = partial(
            self._raw.list_user_groups,
            user_id,
        )
        return self._pager(fetch, LIST_USER_GROUPS, page_size=page_size, resume_token=resume_token)

    def get_quantum_processor_accessors(
        self,
        quantum_processor_id: str,
    ) -> RawPager[QuantumProcessorAccessor]:
        """Get Quantum Processor Accessors

        List the addresses at which programs for a quantum processor are accepted over gRPC.

        `GET /v1/quantumProcessors/{quantumProcessorId}/accessors` (GetQuantumProcessorAccessors).
        """
        fetch = partial(
            self._raw.get_quantum_processor_accessors,
            quantum_processor_id,
        )
        return self._pager(fetch, GET_QUANTUM_PROCESSOR_ACCESSORS)

    def list_instruction_set_architectures(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[InstructionSetArchitecture]:
        """List Instruction Set Architectures

        List the instruction set architectures of all quantum processors.

        `GET /v1/instructionSetArchitectures` (ListInstructionSetArchitectures).
        """
        fetch = partial(
            self._raw.list_instruction_set_architectures,
        )
        return self._pager(fetch, LIST_INSTRUCTION_SET_ARCHITECTURES, page_size=page_size, resume_token=resume_token)

    def list_viewer_announcements(
        self,
        *,
        include_dismissed: bool | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Announcement]:
        """List Viewer Announcements

        List the announcements for the user of the token.

        `GET /v1/viewer/announcements` (ListViewerAnnouncements).
        """
        fetch = partial(
            self._raw.list_viewer_announcements,
            include_dismissed=include_dismissed,
        )
        return self._pager(fetch, LIST_VIEWER_ANNOUNCEMENTS, page_size=page_size, resume_token=resume_token)
