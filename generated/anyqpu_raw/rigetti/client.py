"""Every operation of Rigetti QCS API as a method. Its arguments decide how requests are sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .._core import UNSET, Builder, Caller, LazyModules, Unset, build_plainly

if TYPE_CHECKING:
    from .._pages import PagerFactory
    from .models.account_balance import AccountBalance
    from .models.account_type import AccountType
    from .models.activate_user_request import ActivateUserRequest
    from .models.add_group_user_request import AddGroupUserRequest
    from .models.announcements_response import AnnouncementsResponse
    from .models.auth_email_password_reset_token_request import AuthEmailPasswordResetTokenRequest
    from .models.auth_reset_password_request import AuthResetPasswordRequest
    from .models.auth_reset_password_with_token_request import AuthResetPasswordWithTokenRequest
    from .models.billing_customer import BillingCustomer
    from .models.billing_upcoming_invoice import BillingUpcomingInvoice
    from .models.check_client_application_request import CheckClientApplicationRequest
    from .models.check_client_application_response import CheckClientApplicationResponse
    from .models.client_application import ClientApplication
    from .models.create_endpoint_parameters import CreateEndpointParameters
    from .models.create_engagement_request import CreateEngagementRequest
    from .models.create_reservation_request import CreateReservationRequest
    from .models.endpoint import Endpoint
    from .models.engagement_with_credentials import EngagementWithCredentials
    from .models.event_billing_price_rate import EventBillingPriceRate
    from .models.find_available_reservations_response import FindAvailableReservationsResponse
    from .models.get_account_event_billing_price_request import GetAccountEventBillingPriceRequest
    from .models.get_quilt_calibrations_response import GetQuiltCalibrationsResponse
    from .models.health import Health
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
    from .models.quantum_processor_calendar import QuantumProcessorCalendar
    from .models.remove_group_user_request import RemoveGroupUserRequest
    from .models.reservation import Reservation
    from .models.restart_endpoint_request import RestartEndpointRequest
    from .models.translate_native_quil_to_encrypted_binary_request import TranslateNativeQuilToEncryptedBinaryRequest
    from .models.translate_native_quil_to_encrypted_binary_response import TranslateNativeQuilToEncryptedBinaryResponse
    from .models.update_viewer_user_profile_request import UpdateViewerUserProfileRequest
    from .models.user import User
    from .models.viewer_user_onboarding_completed import ViewerUserOnboardingCompleted
    from .pages import RawPages

_modules = LazyModules(__package__)


class RawClient:
    """One method per operation, by its operationId in snake_case; it returns what the API document promises."""

    __slots__ = ("_build", "_call", "_pager")

    def __init__(self, call: Caller, *, build: Builder = build_plainly, pager: PagerFactory | None = None) -> None:
        """Make a client.

        Args:
            call: Sends a request and parses the response.
            build: Makes the request of an operation's arguments.
            pager: Makes a pager of a list operation, for clients with `pages`.
        """
        self._call = call
        self._build = build
        self._pager = pager

    @property
    def pages(self) -> RawPages:
        """A pager of each list operation."""
        from .._pages import no_pager
        from .pages import RawPages

        return RawPages(self, self._pager or no_pager)

    async def get_health(
        self,
    ) -> Health:
        """Retrieve the health status of the API

        `GET /` (GetHealth).
        """
        if TYPE_CHECKING:
            from .api.default import get_health as _operation
        else:
            _operation = _modules["api.default.get_health"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def health_check_deprecated(
        self,
    ) -> None:
        """Health Check Deprecated

        Endpoint to return a status 200 for load balancer health checks

        `GET /v1/` (HealthCheckDeprecated), deprecated.
        """
        if TYPE_CHECKING:
            from .api.default import health_check_deprecated as _operation
        else:
            _operation = _modules["api.default.health_check_deprecated"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_endpoints(
        self,
        *,
        filter_: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> ListEndpointsResponse:
        """List Endpoints

        List all endpoints, optionally filtering by attribute.

        `GET /v1/endpoints` (ListEndpoints).

        Args:
            filter_: Filtering logic specified using
                [rule-engine](https://zerosteiner.github.io/rule-engine/syntax.html) grammar
        """
        if TYPE_CHECKING:
            from .api.endpoints import list_endpoints as _operation
        else:
            _operation = _modules["api.endpoints.list_endpoints"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            filter_=filter_,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_endpoint(
        self,
        *,
        body: CreateEndpointParameters,
    ) -> Endpoint:
        """Create Endpoint

        Create an endpoint associated with your user account.

        `POST /v1/endpoints` (CreateEndpoint).
        """
        if TYPE_CHECKING:
            from .api.endpoints import create_endpoint as _operation
        else:
            _operation = _modules["api.endpoints.create_endpoint"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def delete_endpoint(
        self,
        endpoint_id: str,
    ) -> None:
        """Delete Endpoint

        Delete an endpoint, releasing its resources. This operation is not reversible.

        `DELETE /v1/endpoints/{endpointId}` (DeleteEndpoint).
        """
        if TYPE_CHECKING:
            from .api.endpoints import delete_endpoint as _operation
        else:
            _operation = _modules["api.endpoints.delete_endpoint"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            endpoint_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_endpoint(
        self,
        endpoint_id: str,
    ) -> Endpoint:
        """Get Endpoint

        Retrieve a specific endpoint by its ID.

        `GET /v1/endpoints/{endpointId}` (GetEndpoint).
        """
        if TYPE_CHECKING:
            from .api.endpoints import get_endpoint as _operation
        else:
            _operation = _modules["api.endpoints.get_endpoint"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            endpoint_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def restart_endpoint(
        self,
        endpoint_id: str,
        *,
        body: RestartEndpointRequest | Unset = UNSET,
    ) -> None:
        """Restart Endpoint

        Restart an entire endpoint or a single component within an endpoint.

        `POST /v1/endpoints/{endpointId}:restart` (RestartEndpoint).
        """
        if TYPE_CHECKING:
            from .api.endpoints import restart_endpoint as _operation
        else:
            _operation = _modules["api.endpoints.restart_endpoint"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            endpoint_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_engagement(
        self,
        *,
        body: CreateEngagementRequest,
        x_qcs_account_id: str | None | Unset = UNSET,
        x_qcs_account_type: AccountType | str | None | Unset = UNSET,
    ) -> EngagementWithCredentials:
        """Create Engagement

        Create a new engagement using the specified parameters.
        At least one of the following parameters must be supplied:
        - **endpointId**: The ID of the endpoint on which to engage.
        - **quantumProcessorId**: The ID of the quantum processor on which to engage, allowing the
        service to select a default endpoint. Ignored if **endpointId** is set.

        `POST /v1/engagements` (CreateEngagement).

        Args:
            x_qcs_account_id: Either the client's user ID or the name of a group on behalf of which the client
                wishes to engage. May be overriden by accountId set in body.
            x_qcs_account_type: Indicates whether the engagement request should be made for the user or on
                behalf of a group. May be overriden by accountType set in body.
        """
        if TYPE_CHECKING:
            from .api.engagements import create_engagement as _operation
        else:
            _operation = _modules["api.engagements.create_engagement"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
            x_qcs_account_id=x_qcs_account_id,
            x_qcs_account_type=x_qcs_account_type,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_quantum_processors(
        self,
        *,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> ListQuantumProcessorsResponse:
        """List Quantum Processors

        List all QuantumProcessors available to the user.

        `GET /v1/quantumProcessors` (ListQuantumProcessors).
        """
        if TYPE_CHECKING:
            from .api.quantum_processors import list_quantum_processors as _operation
        else:
            _operation = _modules["api.quantum_processors.list_quantum_processors"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_quantum_processor(
        self,
        quantum_processor_id: str,
    ) -> QuantumProcessor:
        """Get Quantum Processor

        Retrieve a single QuantumProcessor by ID.

        `GET /v1/quantumProcessors/{quantumProcessorId}` (GetQuantumProcessor).

        Args:
            quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
        """
        if TYPE_CHECKING:
            from .api.quantum_processors import get_quantum_processor as _operation
        else:
            _operation = _modules["api.quantum_processors.get_quantum_processor"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_default_endpoint(
        self,
        quantum_processor_id: str,
    ) -> Endpoint:
        """Get Default Endpoint

        Retrieve the endpoint set as "default" for the given Quantum Processor.
        If no endpoint is set as the default, return "not found."

        `GET /v1/quantumProcessors/{quantumProcessorId}/endpoints:getDefault` (GetDefaultEndpoint).

        Args:
            quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
        """
        if TYPE_CHECKING:
            from .api.endpoints import get_default_endpoint as _operation
        else:
            _operation = _modules["api.endpoints.get_default_endpoint"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_instruction_set_architecture(
        self,
        quantum_processor_id: str,
    ) -> InstructionSetArchitecture:
        """Get Instruction Set Architecture

        Retrieve the Instruction Set Architecture of a QuantumProcessor by ID.

        `GET /v1/quantumProcessors/{quantumProcessorId}/instructionSetArchitecture` (GetInstructionSetArchitecture).
        """
        if TYPE_CHECKING:
            from .api.quantum_processors import get_instruction_set_architecture as _operation
        else:
            _operation = _modules["api.quantum_processors.get_instruction_set_architecture"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def auth_email_password_reset_token(
        self,
        *,
        body: AuthEmailPasswordResetTokenRequest | Unset = UNSET,
    ) -> None:
        """Email Password Reset Token

        Send a password reset link to the provided email address, if that email matches a registered user.

        `POST /v1/auth:emailPasswordResetToken` (AuthEmailPasswordResetToken).
        """
        if TYPE_CHECKING:
            from .api.authentication import auth_email_password_reset_token as _operation
        else:
            _operation = _modules["api.authentication.auth_email_password_reset_token"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def auth_get_user(
        self,
    ) -> User:
        """Get User

        Retrieve the profile of the authenticated user.

        `GET /v1/auth:getUser` (AuthGetUser).
        """
        if TYPE_CHECKING:
            from .api.authentication import auth_get_user as _operation
        else:
            _operation = _modules["api.authentication.auth_get_user"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def auth_reset_password(
        self,
        *,
        body: AuthResetPasswordRequest,
    ) -> None:
        """Reset Password

        Reset the password using the user's existing password. Note, this is an authenticated route.

        `POST /v1/auth:resetPassword` (AuthResetPassword).
        """
        if TYPE_CHECKING:
            from .api.authentication import auth_reset_password as _operation
        else:
            _operation = _modules["api.authentication.auth_reset_password"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def auth_reset_password_with_token(
        self,
        *,
        body: AuthResetPasswordWithTokenRequest,
    ) -> None:
        """Reset Password With Token

        Complete the forgot password flow, resetting the new password in exchange for an emailed token.

        `POST /v1/auth:resetPasswordWithToken` (AuthResetPasswordWithToken).
        """
        if TYPE_CHECKING:
            from .api.authentication import auth_reset_password_with_token as _operation
        else:
            _operation = _modules["api.authentication.auth_reset_password_with_token"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_client_applications(
        self,
    ) -> ListClientApplicationsResponse:
        """List Client Applications

        List supported clients of Rigetti system components along with their latest and minimum supported
        versions.

        `GET /v1/clientApplications` (ListClientApplications).
        """
        if TYPE_CHECKING:
            from .api.client_applications import list_client_applications as _operation
        else:
            _operation = _modules["api.client_applications.list_client_applications"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_client_application(
        self,
        client_application_name: str,
    ) -> ClientApplication:
        """Get Client Application

        Get details of a specific Rigetti system component along with its latest and minimum supported versions.

        `GET /v1/clientApplications/{clientApplicationName}` (GetClientApplication).
        """
        if TYPE_CHECKING:
            from .api.client_applications import get_client_application as _operation
        else:
            _operation = _modules["api.client_applications.get_client_application"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            client_application_name,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def check_client_application(
        self,
        *,
        body: CheckClientApplicationRequest,
    ) -> CheckClientApplicationResponse:
        """Check Client Application

        Check the requested client application version against the latest and minimum version.

        `POST /v1/clientApplications:check` (CheckClientApplication).
        """
        if TYPE_CHECKING:
            from .api.client_applications import check_client_application as _operation
        else:
            _operation = _modules["api.client_applications.check_client_application"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_group_balance(
        self,
        group_name: str,
    ) -> AccountBalance:
        """Get Group Balance

        Retrieve the balance of the requested QCS group account.

        `GET /v1/groups/{groupName}/balance` (GetGroupBalance).

        Args:
            group_name: URL encoded name of group for which to retrieve account balance.
        """
        if TYPE_CHECKING:
            from .api.account import get_group_balance as _operation
        else:
            _operation = _modules["api.account.get_group_balance"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_group_billing_customer(
        self,
        group_name: str,
    ) -> BillingCustomer:
        """Retrieve billing customer for a QCS group account.

        `GET /v1/groups/{groupName}/billingCustomer` (GetGroupBillingCustomer).

        Args:
            group_name: URL-encoded name of group.
        """
        if TYPE_CHECKING:
            from .api.account import get_group_billing_customer as _operation
        else:
            _operation = _modules["api.account.get_group_billing_customer"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_group_billing_invoices(
        self,
        group_name: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoicesResponse:
        """Retrieve billing invoices for a QCS group account.

        `GET /v1/groups/{groupName}/billingInvoices` (ListGroupBillingInvoices).

        Args:
            group_name: URL-encoded name of group.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_group_billing_invoices as _operation
        else:
            _operation = _modules["api.account.list_group_billing_invoices"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_group_billing_invoice_lines(
        self,
        group_name: str,
        billing_invoice_id: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoiceLinesResponse:
        """Retrieve billing invoice lines for a QCS group account's invoice.

        `GET /v1/groups/{groupName}/billingInvoices/{billingInvoiceId}/lines` (ListGroupBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
            billing_invoice_id: URL-encoded billing invoice id.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_group_billing_invoice_lines as _operation
        else:
            _operation = _modules["api.account.list_group_billing_invoice_lines"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
            billing_invoice_id,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_group_upcoming_billing_invoice(
        self,
        group_name: str,
    ) -> BillingUpcomingInvoice:
        """Retrieve upcoming invoice for QCS group billing customer.

        `GET /v1/groups/{groupName}/billingInvoices:getUpcoming` (GetGroupUpcomingBillingInvoice).

        Args:
            group_name: URL-encoded name of group.
        """
        if TYPE_CHECKING:
            from .api.account import get_group_upcoming_billing_invoice as _operation
        else:
            _operation = _modules["api.account.get_group_upcoming_billing_invoice"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_group_upcoming_billing_invoice_lines(
        self,
        group_name: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoiceLinesResponse:
        """List invoice lines for QCS group billing customer upcoming invoice.

        `GET /v1/groups/{groupName}/billingInvoices:listUpcomingLines` (ListGroupUpcomingBillingInvoiceLines).

        Args:
            group_name: URL-encoded name of group.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_group_upcoming_billing_invoice_lines as _operation
        else:
            _operation = _modules["api.account.list_group_upcoming_billing_invoice_lines"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_group_reservations(
        self,
        group_name: str,
        *,
        filter_: str | None | Unset = UNSET,
        order: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
        show_deleted: ListGroupReservationsShowDeleted | str | None | Unset = UNSET,
    ) -> ListReservationsResponse:
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
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
            show_deleted: If you wish to include deleted (or cancelled) resources in your response, include
                `showDeleted=true`.
        """
        if TYPE_CHECKING:
            from .api.reservations import list_group_reservations as _operation
        else:
            _operation = _modules["api.reservations.list_group_reservations"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
            filter_=filter_,
            order=order,
            page_size=page_size,
            page_token=page_token,
            show_deleted=show_deleted,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_group_users(
        self,
        group_name: str,
        *,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> ListGroupUsersResponse:
        """List users belonging to a group

        List users belonging to a group. Note, group membership may take several minutes to update within our
        identity provider. After adding or removing a user to or from a group, please allow up to 60 minutes for
        changes to be reflected.

        `GET /v1/groups/{groupName}/users` (ListGroupUsers).

        Args:
            group_name: URL encoded name of group for which to retrieve users.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_group_users as _operation
        else:
            _operation = _modules["api.account.list_group_users"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            group_name,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def add_group_user(
        self,
        *,
        body: AddGroupUserRequest,
    ) -> None:
        """Add user to a group

        Add a user to a group. Note, group membership may take several minutes to update within our identity
        provider. After adding a user to a group, please allow up to 60 minutes for changes to be reflected.

        `POST /v1/groups:addUser` (AddGroupUser).
        """
        if TYPE_CHECKING:
            from .api.account import add_group_user as _operation
        else:
            _operation = _modules["api.account.add_group_user"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def remove_group_user(
        self,
        *,
        body: RemoveGroupUserRequest,
    ) -> None:
        """Remove user from a group.

        Remove a user from a group. Note, group membership may take several minutes to update within our
        identity provider. After removing a user from a group, please allow up to 60 minutes for changes to be
        reflected.

        `POST /v1/groups:removeUser` (RemoveGroupUser).
        """
        if TYPE_CHECKING:
            from .api.account import remove_group_user as _operation
        else:
            _operation = _modules["api.account.remove_group_user"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_reservations(
        self,
        *,
        filter_: str | None | Unset = UNSET,
        order: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
        show_deleted: ListReservationsShowDeleted | str | None | Unset = UNSET,
        x_qcs_account_id: str | None | Unset = UNSET,
        x_qcs_account_type: AccountType | str | None | Unset = UNSET,
    ) -> ListReservationsResponse:
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
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
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
        if TYPE_CHECKING:
            from .api.reservations import list_reservations as _operation
        else:
            _operation = _modules["api.reservations.list_reservations"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            filter_=filter_,
            order=order,
            page_size=page_size,
            page_token=page_token,
            show_deleted=show_deleted,
            x_qcs_account_id=x_qcs_account_id,
            x_qcs_account_type=x_qcs_account_type,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_reservation(
        self,
        *,
        body: CreateReservationRequest,
        x_qcs_account_id: str | None | Unset = UNSET,
        x_qcs_account_type: AccountType | str | None | Unset = UNSET,
    ) -> Reservation:
        """Create Reservation

        Create a new reservation.
        The following precedence applies when specifying the reservation subject account
        ID and type:
        * request body `accountId` field, or if unset then `X-QCS-ACCOUNT-ID` header,
        or if unset then requesting user's ID.
        * request body `accountType` field, or if unset then `X-QCS-ACCOUNT-TYPE`
        header, or if unset then "user" type.

        `POST /v1/reservations` (CreateReservation).

        Args:
            x_qcs_account_id: Used to specify a subject account ID for a request.
            Does not take precedence over a corresponding request body field when one
            is present.
            x_qcs_account_type: Used to specify the subject account's type for a request
            in conjunction with the X-QCS-ACCOUNT-ID header.
            Does not take precedence over a corresponding request body field when one
            is present.
        """
        if TYPE_CHECKING:
            from .api.reservations import create_reservation as _operation
        else:
            _operation = _modules["api.reservations.create_reservation"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
            x_qcs_account_id=x_qcs_account_id,
            x_qcs_account_type=x_qcs_account_type,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def delete_reservation(
        self,
        reservation_id: int,
    ) -> Reservation:
        """Delete Reservation

        Cancel an existing reservation for the user.

        `DELETE /v1/reservations/{reservationId}` (DeleteReservation).
        """
        if TYPE_CHECKING:
            from .api.reservations import delete_reservation as _operation
        else:
            _operation = _modules["api.reservations.delete_reservation"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            reservation_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_reservation(
        self,
        reservation_id: int,
    ) -> Reservation:
        """Get Reservation

        Return a reservation of the user or of a group of the user.

        `GET /v1/reservations/{reservationId}` (GetReservation).
        """
        if TYPE_CHECKING:
            from .api.reservations import get_reservation as _operation
        else:
            _operation = _modules["api.reservations.get_reservation"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            reservation_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def find_available_reservations(
        self,
        *,
        quantum_processor_id: str,
        start_time_from: datetime,
        duration: str,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> FindAvailableReservationsResponse:
        """Find Available Reservations

        List currently available reservations on the requested Rigetti quantum computer.

        `GET /v1/reservations:findAvailable` (FindAvailableReservations).

        Args:
            duration: Formatted as specified for golang https://golang.org/pkg/time/#ParseDuration.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.reservations import find_available_reservations as _operation
        else:
            _operation = _modules["api.reservations.find_available_reservations"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id=quantum_processor_id,
            start_time_from=start_time_from,
            duration=duration,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_user_balance(
        self,
        user_id: str,
    ) -> AccountBalance:
        """Get User Balance

        Retrieve the balance of the requested QCS user account.

        `GET /v1/users/{userId}/balance` (GetUserBalance).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        if TYPE_CHECKING:
            from .api.account import get_user_balance as _operation
        else:
            _operation = _modules["api.account.get_user_balance"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_user_billing_customer(
        self,
        user_id: str,
    ) -> BillingCustomer:
        """Retrieve billing customer for a QCS user account.

        `GET /v1/users/{userId}/billingCustomer` (GetUserBillingCustomer).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        if TYPE_CHECKING:
            from .api.account import get_user_billing_customer as _operation
        else:
            _operation = _modules["api.account.get_user_billing_customer"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_user_billing_invoices(
        self,
        user_id: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoicesResponse:
        """Retrieve billing invoices for a QCS user account.

        `GET /v1/users/{userId}/billingInvoices` (ListUserBillingInvoices).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_user_billing_invoices as _operation
        else:
            _operation = _modules["api.account.list_user_billing_invoices"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_user_billing_invoice_lines(
        self,
        user_id: str,
        billing_invoice_id: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoiceLinesResponse:
        """Retrieve billing invoice lines for a QCS user account's invoice.

        `GET /v1/users/{userId}/billingInvoices/{billingInvoiceId}/lines` (ListUserBillingInvoiceLines).

        Args:
            user_id: URL-encoded QCS id of user. May be found as `idpId` in the `AuthGetUser` API call.
            billing_invoice_id: URL-encoded billing invoice id.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_user_billing_invoice_lines as _operation
        else:
            _operation = _modules["api.account.list_user_billing_invoice_lines"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
            billing_invoice_id,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_user_upcoming_billing_invoice(
        self,
        user_id: str,
    ) -> BillingUpcomingInvoice:
        """Retrieve upcoming invoice for QCS user billing customer.

        `GET /v1/users/{userId}/billingInvoices:getUpcoming` (GetUserUpcomingBillingInvoice).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
        """
        if TYPE_CHECKING:
            from .api.account import get_user_upcoming_billing_invoice as _operation
        else:
            _operation = _modules["api.account.get_user_upcoming_billing_invoice"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_user_upcoming_billing_invoice_lines(
        self,
        user_id: str,
        *,
        page_token: str | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
    ) -> ListAccountBillingInvoiceLinesResponse:
        """List invoice lines for QCS user billing customer upcoming invoice.

        `GET /v1/users/{userId}/billingInvoices:listUpcomingLines` (ListUserUpcomingBillingInvoiceLines).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_user_upcoming_billing_invoice_lines as _operation
        else:
            _operation = _modules["api.account.list_user_upcoming_billing_invoice_lines"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
            page_token=page_token,
            page_size=page_size,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_user_groups(
        self,
        user_id: str,
        *,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> ListGroupsResponse:
        """List QCS groups for the requested user

        `GET /v1/users/{userId}/groups` (ListUserGroups).

        Args:
            user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_user_groups as _operation
        else:
            _operation = _modules["api.account.list_user_groups"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_quilt_calibrations(
        self,
        quantum_processor_id: str,
    ) -> GetQuiltCalibrationsResponse:
        """Get Quilt Calibrations

        Retrieve the calibration data used for client-side Quilt generation.

        `GET /v1/quantumProcessors/{quantumProcessorId}/quiltCalibrations` (GetQuiltCalibrations).

        Args:
            quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
        """
        if TYPE_CHECKING:
            from .api.translation import get_quilt_calibrations as _operation
        else:
            _operation = _modules["api.translation.get_quilt_calibrations"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def translate_native_quil_to_encrypted_binary(
        self,
        quantum_processor_id: str,
        *,
        body: TranslateNativeQuilToEncryptedBinaryRequest,
    ) -> TranslateNativeQuilToEncryptedBinaryResponse:
        """Translate Native Quil To Encrypted Binary

        Compile Rigetti-native Quil code to encrypted binary form, ready for
        execution on a
        Rigetti Quantum Processor.

        `POST /v1/quantumProcessors/{quantumProcessorId}:translateNativeQuilToEncryptedBinary` (TranslateNativeQuilToEncryptedBinary).

        Args:
            quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
        """
        if TYPE_CHECKING:
            from .api.translation import translate_native_quil_to_encrypted_binary as _operation
        else:
            _operation = _modules["api.translation.translate_native_quil_to_encrypted_binary"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def health_check(
        self,
    ) -> None:
        """Health Check

        Whether the API is available.

        `GET /v1/healthcheck` (HealthCheck).
        """
        if TYPE_CHECKING:
            from .api.default import health_check as _operation
        else:
            _operation = _modules["api.default.health_check"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_quantum_processor_accessors(
        self,
        quantum_processor_id: str,
    ) -> ListQuantumProcessorAccessorsResponse:
        """Get Quantum Processor Accessors

        List the addresses at which programs for a quantum processor are accepted over gRPC.

        `GET /v1/quantumProcessors/{quantumProcessorId}/accessors` (GetQuantumProcessorAccessors).
        """
        if TYPE_CHECKING:
            from .api.quantum_processors import get_quantum_processor_accessors as _operation
        else:
            _operation = _modules["api.quantum_processors.get_quantum_processor_accessors"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_instruction_set_architectures(
        self,
        *,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
    ) -> ListInstructionSetArchitectureResponse:
        """List Instruction Set Architectures

        List the instruction set architectures of all quantum processors.

        `GET /v1/instructionSetArchitectures` (ListInstructionSetArchitectures).
        """
        if TYPE_CHECKING:
            from .api.quantum_processors import list_instruction_set_architectures as _operation
        else:
            _operation = _modules["api.quantum_processors.list_instruction_set_architectures"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            page_size=page_size,
            page_token=page_token,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_quantum_processor_calendar(
        self,
        quantum_processor_id: str,
    ) -> QuantumProcessorCalendar:
        """Get Quantum Processor Calendar

        Return when a quantum processor is maintained.

        `GET /v1/calendars/{quantumProcessorId}` (GetQuantumProcessorCalendar).
        """
        if TYPE_CHECKING:
            from .api.reservations import get_quantum_processor_calendar as _operation
        else:
            _operation = _modules["api.reservations.get_quantum_processor_calendar"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quantum_processor_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_user_event_billing_price(
        self,
        user_id: str,
        *,
        body: GetAccountEventBillingPriceRequest,
    ) -> EventBillingPriceRate:
        """Get User Event Billing Price

        Return the price of a kind of event for a user.

        `POST /v1/users/{userId}/eventBillingPrices:get` (GetUserEventBillingPrice).
        """
        if TYPE_CHECKING:
            from .api.account import get_user_event_billing_price as _operation
        else:
            _operation = _modules["api.account.get_user_event_billing_price"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            user_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def activate_user(
        self,
        *,
        body: ActivateUserRequest | Unset = UNSET,
    ) -> None:
        """Activate User

        Set the profile and the password of a user who was invited.

        `POST /v1/users:activate` (ActivateUser).
        """
        if TYPE_CHECKING:
            from .api.account import activate_user as _operation
        else:
            _operation = _modules["api.account.activate_user"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_viewer_announcements(
        self,
        *,
        page_size: int | None | Unset = UNSET,
        page_token: str | None | Unset = UNSET,
        include_dismissed: bool | None | Unset = UNSET,
    ) -> AnnouncementsResponse:
        """List Viewer Announcements

        List the announcements for the user of the token.

        `GET /v1/viewer/announcements` (ListViewerAnnouncements).

        Args:
            page_token: An opaque token that can be appended to a request query to retrieve the next page of
                results. Empty if there are no more results to retrieve.
        """
        if TYPE_CHECKING:
            from .api.account import list_viewer_announcements as _operation
        else:
            _operation = _modules["api.account.list_viewer_announcements"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            page_size=page_size,
            page_token=page_token,
            include_dismissed=include_dismissed,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def dismiss_viewer_announcement(
        self,
        announcement_id: int,
    ) -> None:
        """Dismiss Viewer Announcement

        Leave an announcement out of the list from now on.

        `DELETE /v1/viewer/announcements/{announcementId}` (DismissViewerAnnouncement).
        """
        if TYPE_CHECKING:
            from .api.account import dismiss_viewer_announcement as _operation
        else:
            _operation = _modules["api.account.dismiss_viewer_announcement"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            announcement_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_viewer_user_profile(
        self,
        *,
        body: UpdateViewerUserProfileRequest,
    ) -> User:
        """Update Viewer User Profile

        Replace the name and the organization of the user of the token.

        `PUT /v1/viewer/userProfile` (UpdateViewerUserProfile).
        """
        if TYPE_CHECKING:
            from .api.account import update_viewer_user_profile as _operation
        else:
            _operation = _modules["api.account.update_viewer_user_profile"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_viewer_user_onboarding_completed(
        self,
    ) -> ViewerUserOnboardingCompleted:
        """Get Viewer User Onboarding Completed

        Return whether the user of the token has been shown around.

        `GET /v1/viewer/onboardingCompleted` (GetViewerUserOnboardingCompleted).
        """
        if TYPE_CHECKING:
            from .api.account import get_viewer_user_onboarding_completed as _operation
        else:
            _operation = _modules["api.account.get_viewer_user_onboarding_completed"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def put_viewer_user_onboarding_completed(
        self,
        *,
        body: ViewerUserOnboardingCompleted | Unset = UNSET,
    ) -> ViewerUserOnboardingCompleted:
        """Put Viewer User Onboarding Completed

        Set whether the user of the token has been shown around.

        `PUT /v1/viewer/onboardingCompleted` (PutViewerUserOnboardingCompleted).
        """
        if TYPE_CHECKING:
            from .api.account import put_viewer_user_onboarding_completed as _operation
        else:
            _operation = _modules["api.account.put_viewer_user_onboarding_completed"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)
