"""Types of the blocking classes of `anyqpu_raw.rigetti.pages`. Written by scripts/sync."""

from datetime import datetime

from anyqpu_raw._values import Unset
from anyqpu_raw.rigetti.models.account_type import AccountType
from anyqpu_raw.rigetti.models.announcement import Announcement
from anyqpu_raw.rigetti.models.available_reservation import AvailableReservation
from anyqpu_raw.rigetti.models.billing_invoice import BillingInvoice
from anyqpu_raw.rigetti.models.billing_invoice_line import BillingInvoiceLine
from anyqpu_raw.rigetti.models.client_application import ClientApplication
from anyqpu_raw.rigetti.models.endpoint import Endpoint
from anyqpu_raw.rigetti.models.group import Group
from anyqpu_raw.rigetti.models.instruction_set_architecture import InstructionSetArchitecture
from anyqpu_raw.rigetti.models.list_group_reservations_show_deleted import ListGroupReservationsShowDeleted
from anyqpu_raw.rigetti.models.list_reservations_show_deleted import ListReservationsShowDeleted
from anyqpu_raw.rigetti.models.quantum_processor import QuantumProcessor
from anyqpu_raw.rigetti.models.quantum_processor_accessor import QuantumProcessorAccessor
from anyqpu_raw.rigetti.models.reservation import Reservation
from anyqpu_raw.rigetti.models.user import User
from anyqpu_sync.raw._pages import RawPager

class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""
    def list_endpoints(
        self, *, filter_: str | None | Unset = ..., page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[Endpoint]:
        """List Endpoints

        List all endpoints, optionally filtering by attribute.

        `GET /v1/endpoints` (ListEndpoints).

        Args:
            filter_: Filtering logic specified using
                [rule-engine](https://zerosteiner.github.io/rule-engine/syntax.html) grammar
        """
        ...
    def list_quantum_processors(
        self, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[QuantumProcessor]:
        """List Quantum Processors

        List all QuantumProcessors available to the user.

        `GET /v1/quantumProcessors` (ListQuantumProcessors).
        """
        ...
    def list_client_applications(self) -> RawPager[ClientApplication]:
        """List Client Applications

        List supported clients of Rigetti system components along with their latest and minimum supported
        versions.

        `GET /v1/clientApplications` (ListClientApplications).
        """
        ...
    def list_group_billing_invoices(
        self, group_name: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoice]:
        """Retrieve billing invoices for a QCS group account.

        `GET /v1/groups/{groupName}/billingInvoices` (ListGroupBillingInvoices).

        Args:
            group_name: URL-encoded name of group.
        """
        ...
    def list_group_billing_invoice_lines(
        self, group_name: str, billing_invoice_id: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoiceLine]:
        """Retrieve billing invoice lines for a QCS group account's invoice.

        `GET /v1/groups/{groupName}/billingInvoices/{billingInvoiceId}/lines` (ListGroupBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
            billing_invoice_id: URL-encoded billing invoice id.
        """
        ...
    def list_group_upcoming_billing_invoice_lines(
        self, group_name: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoiceLine]:
        """List invoice lines for QCS group billing customer upcoming invoice.

        `GET /v1/groups/{groupName}/billingInvoices:listUpcomingLines` (ListGroupUpcomingBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
        """
        ...
    def list_group_reservations(
        self,
        group_name: str,
        *,
        filter_: str | None | Unset = ...,
        order: str | None | Unset = ...,
        show_deleted: ListGroupReservationsShowDeleted | str | None | Unset = ...,
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
        ...
    def list_group_users(
        self, group_name: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[User]:
        """List users belonging to a group

        List users belonging to a group. Note, group membership may take several minutes to update within our
        identity provider. After adding or removing a user to or from a group, please allow up to 60 minutes for
        changes to be reflected.

        `GET /v1/groups/{groupName}/users` (ListGroupUsers).

        Args:
            group_name: URL encoded name of group for which to retrieve users.
        """
        ...
    def list_reservations(
        self,
        *,
        filter_: str | None | Unset = ...,
        order: str | None | Unset = ...,
        show_deleted: ListReservationsShowDeleted | str | None | Unset = ...,
        x_qcs_account_id: str | None | Unset = ...,
        x_qcs_account_type: AccountType | str | None | Unset = ...,
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
        ...
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
        ...
    def list_user_billing_invoices(
        self, user_id: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoice]:
        """Retrieve billing invoices for a QCS user account.

        `GET /v1/users/{userId}/billingInvoices` (ListUserBillingInvoices).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        ...
    def list_user_billing_invoice_lines(
        self, user_id: str, billing_invoice_id: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoiceLine]:
        """Retrieve billing invoice lines for a QCS user account's invoice.

        `GET /v1/users/{userId}/billingInvoices/{billingInvoiceId}/lines` (ListUserBillingInvoiceLines).

        Args:
            user_id: URL-encoded QCS id of user. May be found as `idpId` in the `AuthGetUser` API call.
            billing_invoice_id: URL-encoded billing invoice id.
        """
        ...
    def list_user_upcoming_billing_invoice_lines(
        self, user_id: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[BillingInvoiceLine]:
        """List invoice lines for QCS user billing customer upcoming invoice.

        `GET /v1/users/{userId}/billingInvoices:listUpcomingLines` (ListUserUpcomingBillingInvoiceLines).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        ...
    def list_user_groups(
        self, user_id: str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[Group]:
        """List QCS groups for the requested user

        `GET /v1/users/{userId}/groups` (ListUserGroups).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        ...
    def get_quantum_processor_accessors(self, quantum_processor_id: str) -> RawPager[QuantumProcessorAccessor]:
        """Get Quantum Processor Accessors

        List the addresses at which programs for a quantum processor are accepted over gRPC.

        `GET /v1/quantumProcessors/{quantumProcessorId}/accessors` (GetQuantumProcessorAccessors).
        """
        ...
    def list_instruction_set_architectures(
        self, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[InstructionSetArchitecture]:
        """List Instruction Set Architectures

        List the instruction set architectures of all quantum processors.

        `GET /v1/instructionSetArchitectures` (ListInstructionSetArchitectures).
        """
        ...
    def list_viewer_announcements(
        self,
        *,
        include_dismissed: bool | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Announcement]:
        """List Viewer Announcements

        List the announcements for the user of the token.

        `GET /v1/viewer/announcements` (ListViewerAnnouncements).
        """
        ...
