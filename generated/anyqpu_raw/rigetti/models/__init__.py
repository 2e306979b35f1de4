"""Models of Rigetti QCS API; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account_balance import AccountBalance as AccountBalance
    from .account_type import AccountType as AccountType
    from .activate_user_request import ActivateUserRequest as ActivateUserRequest
    from .add_group_user_request import AddGroupUserRequest as AddGroupUserRequest
    from .announcement import Announcement as Announcement
    from .announcements_response import AnnouncementsResponse as AnnouncementsResponse
    from .architecture import Architecture as Architecture
    from .auth_email_password_reset_token_request import (
        AuthEmailPasswordResetTokenRequest as AuthEmailPasswordResetTokenRequest,
    )
    from .auth_reset_password_request import AuthResetPasswordRequest as AuthResetPasswordRequest
    from .auth_reset_password_with_token_request import (
        AuthResetPasswordWithTokenRequest as AuthResetPasswordWithTokenRequest,
    )
    from .available_reservation import AvailableReservation as AvailableReservation
    from .billing_customer import BillingCustomer as BillingCustomer
    from .billing_invoice import BillingInvoice as BillingInvoice
    from .billing_invoice_line import BillingInvoiceLine as BillingInvoiceLine
    from .billing_invoice_line_line_item_type import BillingInvoiceLineLineItemType as BillingInvoiceLineLineItemType
    from .billing_invoice_status import BillingInvoiceStatus as BillingInvoiceStatus
    from .billing_price import BillingPrice as BillingPrice
    from .billing_price_object import BillingPriceObject as BillingPriceObject
    from .billing_price_price_type import BillingPricePriceType as BillingPricePriceType
    from .billing_price_recurrence import BillingPriceRecurrence as BillingPriceRecurrence
    from .billing_price_recurrence_aggregate_usage import (
        BillingPriceRecurrenceAggregateUsage as BillingPriceRecurrenceAggregateUsage,
    )
    from .billing_price_recurrence_interval import BillingPriceRecurrenceInterval as BillingPriceRecurrenceInterval
    from .billing_price_recurrence_usage_type import BillingPriceRecurrenceUsageType as BillingPriceRecurrenceUsageType
    from .billing_price_scheme import BillingPriceScheme as BillingPriceScheme
    from .billing_price_tier import BillingPriceTier as BillingPriceTier
    from .billing_price_tiers_mode import BillingPriceTiersMode as BillingPriceTiersMode
    from .billing_product import BillingProduct as BillingProduct
    from .billing_product_object import BillingProductObject as BillingProductObject
    from .billing_upcoming_invoice import BillingUpcomingInvoice as BillingUpcomingInvoice
    from .characteristic import Characteristic as Characteristic
    from .check_client_application_request import CheckClientApplicationRequest as CheckClientApplicationRequest
    from .check_client_application_response import CheckClientApplicationResponse as CheckClientApplicationResponse
    from .checksum_description import ChecksumDescription as ChecksumDescription
    from .checksum_description_type import ChecksumDescriptionType as ChecksumDescriptionType
    from .client_application import ClientApplication as ClientApplication
    from .client_applications_download_link import ClientApplicationsDownloadLink as ClientApplicationsDownloadLink
    from .create_endpoint_parameters import CreateEndpointParameters as CreateEndpointParameters
    from .create_engagement_request import CreateEngagementRequest as CreateEngagementRequest
    from .create_reservation_request import CreateReservationRequest as CreateReservationRequest
    from .edge import Edge as Edge
    from .endpoint import Endpoint as Endpoint
    from .endpoint_addresses import EndpointAddresses as EndpointAddresses
    from .engagement_credentials import EngagementCredentials as EngagementCredentials
    from .engagement_with_credentials import EngagementWithCredentials as EngagementWithCredentials
    from .error import Error as Error
    from .event_billing_price_rate import EventBillingPriceRate as EventBillingPriceRate
    from .family import Family as Family
    from .find_available_reservations_response import (
        FindAvailableReservationsResponse as FindAvailableReservationsResponse,
    )
    from .get_account_event_billing_price_request import (
        GetAccountEventBillingPriceRequest as GetAccountEventBillingPriceRequest,
    )
    from .get_quilt_calibrations_response import GetQuiltCalibrationsResponse as GetQuiltCalibrationsResponse
    from .group import Group as Group
    from .health import Health as Health
    from .instruction_set_architecture import InstructionSetArchitecture as InstructionSetArchitecture
    from .invite_user_request import InviteUserRequest as InviteUserRequest
    from .list_account_billing_invoice_lines_response import (
        ListAccountBillingInvoiceLinesResponse as ListAccountBillingInvoiceLinesResponse,
    )
    from .list_account_billing_invoices_response import (
        ListAccountBillingInvoicesResponse as ListAccountBillingInvoicesResponse,
    )
    from .list_client_applications_response import ListClientApplicationsResponse as ListClientApplicationsResponse
    from .list_endpoints_response import ListEndpointsResponse as ListEndpointsResponse
    from .list_group_reservations_show_deleted import (
        ListGroupReservationsShowDeleted as ListGroupReservationsShowDeleted,
    )
    from .list_group_users_response import ListGroupUsersResponse as ListGroupUsersResponse
    from .list_groups_response import ListGroupsResponse as ListGroupsResponse
    from .list_instruction_set_architecture_response import (
        ListInstructionSetArchitectureResponse as ListInstructionSetArchitectureResponse,
    )
    from .list_quantum_processor_accessors_response import (
        ListQuantumProcessorAccessorsResponse as ListQuantumProcessorAccessorsResponse,
    )
    from .list_quantum_processors_response import ListQuantumProcessorsResponse as ListQuantumProcessorsResponse
    from .list_reservations_response import ListReservationsResponse as ListReservationsResponse
    from .list_reservations_show_deleted import ListReservationsShowDeleted as ListReservationsShowDeleted
    from .node import Node as Node
    from .nomad_job_datacenters import NomadJobDatacenters as NomadJobDatacenters
    from .operation import Operation as Operation
    from .operation_site import OperationSite as OperationSite
    from .parameter import Parameter as Parameter
    from .parameter_spec import ParameterSpec as ParameterSpec
    from .product import Product as Product
    from .quantum_processor import QuantumProcessor as QuantumProcessor
    from .quantum_processor_accessor import QuantumProcessorAccessor as QuantumProcessorAccessor
    from .quantum_processor_accessor_type import QuantumProcessorAccessorType as QuantumProcessorAccessorType
    from .quantum_processor_calendar import QuantumProcessorCalendar as QuantumProcessorCalendar
    from .remove_group_user_request import RemoveGroupUserRequest as RemoveGroupUserRequest
    from .reservation import Reservation as Reservation
    from .restart_endpoint_request import RestartEndpointRequest as RestartEndpointRequest
    from .translate_native_quil_to_encrypted_binary_request import (
        TranslateNativeQuilToEncryptedBinaryRequest as TranslateNativeQuilToEncryptedBinaryRequest,
    )
    from .translate_native_quil_to_encrypted_binary_response import (
        TranslateNativeQuilToEncryptedBinaryResponse as TranslateNativeQuilToEncryptedBinaryResponse,
    )
    from .update_viewer_user_profile_request import UpdateViewerUserProfileRequest as UpdateViewerUserProfileRequest
    from .user import User as User
    from .user_credentials import UserCredentials as UserCredentials
    from .user_credentials_password import UserCredentialsPassword as UserCredentialsPassword
    from .user_profile import UserProfile as UserProfile
    from .validation_error import ValidationError as ValidationError
    from .validation_error_in import ValidationErrorIn as ValidationErrorIn
    from .viewer_user_onboarding_completed import ViewerUserOnboardingCompleted as ViewerUserOnboardingCompleted

_MODULES = {
    "AccountBalance": ".account_balance",
    "AccountType": ".account_type",
    "ActivateUserRequest": ".activate_user_request",
    "AddGroupUserRequest": ".add_group_user_request",
    "Announcement": ".announcement",
    "AnnouncementsResponse": ".announcements_response",
    "Architecture": ".architecture",
    "AuthEmailPasswordResetTokenRequest": ".auth_email_password_reset_token_request",
    "AuthResetPasswordRequest": ".auth_reset_password_request",
    "AuthResetPasswordWithTokenRequest": ".auth_reset_password_with_token_request",
    "AvailableReservation": ".available_reservation",
    "BillingCustomer": ".billing_customer",
    "BillingInvoice": ".billing_invoice",
    "BillingInvoiceLine": ".billing_invoice_line",
    "BillingInvoiceLineLineItemType": ".billing_invoice_line_line_item_type",
    "BillingInvoiceStatus": ".billing_invoice_status",
    "BillingPrice": ".billing_price",
    "BillingPriceObject": ".billing_price_object",
    "BillingPricePriceType": ".billing_price_price_type",
    "BillingPriceRecurrence": ".billing_price_recurrence",
    "BillingPriceRecurrenceAggregateUsage": ".billing_price_recurrence_aggregate_usage",
    "BillingPriceRecurrenceInterval": ".billing_price_recurrence_interval",
    "BillingPriceRecurrenceUsageType": ".billing_price_recurrence_usage_type",
    "BillingPriceScheme": ".billing_price_scheme",
    "BillingPriceTier": ".billing_price_tier",
    "BillingPriceTiersMode": ".billing_price_tiers_mode",
    "BillingProduct": ".billing_product",
    "BillingProductObject": ".billing_product_object",
    "BillingUpcomingInvoice": ".billing_upcoming_invoice",
    "Characteristic": ".characteristic",
    "CheckClientApplicationRequest": ".check_client_application_request",
    "CheckClientApplicationResponse": ".check_client_application_response",
    "ChecksumDescription": ".checksum_description",
    "ChecksumDescriptionType": ".checksum_description_type",
    "ClientApplication": ".client_application",
    "ClientApplicationsDownloadLink": ".client_applications_download_link",
    "CreateEndpointParameters": ".create_endpoint_parameters",
    "CreateEngagementRequest": ".create_engagement_request",
    "CreateReservationRequest": ".create_reservation_request",
    "Edge": ".edge",
    "Endpoint": ".endpoint",
    "EndpointAddresses": ".endpoint_addresses",
    "EngagementCredentials": ".engagement_credentials",
    "EngagementWithCredentials": ".engagement_with_credentials",
    "Error": ".error",
    "EventBillingPriceRate": ".event_billing_price_rate",
    "Family": ".family",
    "FindAvailableReservationsResponse": ".find_available_reservations_response",
    "GetAccountEventBillingPriceRequest": ".get_account_event_billing_price_request",
    "GetQuiltCalibrationsResponse": ".get_quilt_calibrations_response",
    "Group": ".group",
    "Health": ".health",
    "InstructionSetArchitecture": ".instruction_set_architecture",
    "InviteUserRequest": ".invite_user_request",
    "ListAccountBillingInvoiceLinesResponse": ".list_account_billing_invoice_lines_response",
    "ListAccountBillingInvoicesResponse": ".list_account_billing_invoices_response",
    "ListClientApplicationsResponse": ".list_client_applications_response",
    "ListEndpointsResponse": ".list_endpoints_response",
    "ListGroupReservationsShowDeleted": ".list_group_reservations_show_deleted",
    "ListGroupUsersResponse": ".list_group_users_response",
    "ListGroupsResponse": ".list_groups_response",
    "ListInstructionSetArchitectureResponse": ".list_instruction_set_architecture_response",
    "ListQuantumProcessorAccessorsResponse": ".list_quantum_processor_accessors_response",
    "ListQuantumProcessorsResponse": ".list_quantum_processors_response",
    "ListReservationsResponse": ".list_reservations_response",
    "ListReservationsShowDeleted": ".list_reservations_show_deleted",
    "Node": ".node",
    "NomadJobDatacenters": ".nomad_job_datacenters",
    "Operation": ".operation",
    "OperationSite": ".operation_site",
    "Parameter": ".parameter",
    "ParameterSpec": ".parameter_spec",
    "Product": ".product",
    "QuantumProcessor": ".quantum_processor",
    "QuantumProcessorAccessor": ".quantum_processor_accessor",
    "QuantumProcessorAccessorType": ".quantum_processor_accessor_type",
    "QuantumProcessorCalendar": ".quantum_processor_calendar",
    "RemoveGroupUserRequest": ".remove_group_user_request",
    "Reservation": ".reservation",
    "RestartEndpointRequest": ".restart_endpoint_request",
    "TranslateNativeQuilToEncryptedBinaryRequest": ".translate_native_quil_to_encrypted_binary_request",
    "TranslateNativeQuilToEncryptedBinaryResponse": ".translate_native_quil_to_encrypted_binary_response",
    "UpdateViewerUserProfileRequest": ".update_viewer_user_profile_request",
    "User": ".user",
    "UserCredentials": ".user_credentials",
    "UserCredentialsPassword": ".user_credentials_password",
    "UserProfile": ".user_profile",
    "ValidationError": ".validation_error",
    "ValidationErrorIn": ".validation_error_in",
    "ViewerUserOnboardingCompleted": ".viewer_user_onboarding_completed",
}

__all__ = [  # noqa: PLE0604
    "AccountBalance",
    "AccountType",
    "ActivateUserRequest",
    "AddGroupUserRequest",
    "Announcement",
    "AnnouncementsResponse",
    "Architecture",
    "AuthEmailPasswordResetTokenRequest",
    "AuthResetPasswordRequest",
    "AuthResetPasswordWithTokenRequest",
    "AvailableReservation",
    "BillingCustomer",
    "BillingInvoice",
    "BillingInvoiceLine",
    "BillingInvoiceLineLineItemType",
    "BillingInvoiceStatus",
    "BillingPrice",
    "BillingPriceObject",
    "BillingPricePriceType",
    "BillingPriceRecurrence",
    "BillingPriceRecurrenceAggregateUsage",
    "BillingPriceRecurrenceInterval",
    "BillingPriceRecurrenceUsageType",
    "BillingPriceScheme",
    "BillingPriceTier",
    "BillingPriceTiersMode",
    "BillingProduct",
    "BillingProductObject",
    "BillingUpcomingInvoice",
    "Characteristic",
    "CheckClientApplicationRequest",
    "CheckClientApplicationResponse",
    "ChecksumDescription",
    "ChecksumDescriptionType",
    "ClientApplication",
    "ClientApplicationsDownloadLink",
    "CreateEndpointParameters",
    "CreateEngagementRequest",
    "CreateReservationRequest",
    "Edge",
    "Endpoint",
    "EndpointAddresses",
    "EngagementCredentials",
    "EngagementWithCredentials",
    "Error",
    "EventBillingPriceRate",
    "Family",
    "FindAvailableReservationsResponse",
    "GetAccountEventBillingPriceRequest",
    "GetQuiltCalibrationsResponse",
    "Group",
    "Health",
    "InstructionSetArchitecture",
    "InviteUserRequest",
    "ListAccountBillingInvoiceLinesResponse",
    "ListAccountBillingInvoicesResponse",
    "ListClientApplicationsResponse",
    "ListEndpointsResponse",
    "ListGroupReservationsShowDeleted",
    "ListGroupsResponse",
    "ListGroupUsersResponse",
    "ListInstructionSetArchitectureResponse",
    "ListQuantumProcessorAccessorsResponse",
    "ListQuantumProcessorsResponse",
    "ListReservationsResponse",
    "ListReservationsShowDeleted",
    "Node",
    "NomadJobDatacenters",
    "Operation",
    "OperationSite",
    "Parameter",
    "ParameterSpec",
    "Product",
    "QuantumProcessor",
    "QuantumProcessorAccessor",
    "QuantumProcessorAccessorType",
    "QuantumProcessorCalendar",
    "RemoveGroupUserRequest",
    "Reservation",
    "RestartEndpointRequest",
    "TranslateNativeQuilToEncryptedBinaryRequest",
    "TranslateNativeQuilToEncryptedBinaryResponse",
    "UpdateViewerUserProfileRequest",
    "User",
    "UserCredentials",
    "UserCredentialsPassword",
    "UserProfile",
    "ValidationError",
    "ValidationErrorIn",
    "ViewerUserOnboardingCompleted",
]


# Type checkers would take any name for a model.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
