"""Types of the blocking classes of `anyqpu.providers.scaleway.resources.models`. Written by scripts/sync."""

from collections.abc import Sequence

from anyqpu_sync.paging.pager import Pager

from anyqpu.errors import NotFoundError
from anyqpu.model.device import Device
from anyqpu.model.program import Program, ProgramSource
from anyqpu.providers.scaleway.resources.models import ComputationModel

class Models:
    """Programs that are kept, for jobs to name. `client.models()` lists them; Scaleway's API cannot delete them."""
    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[ComputationModel]:
        """List the project's models, newest first (ListModels)."""
        ...
    def get(self, id: str) -> ComputationModel:
        """Return a model by its identifier (GetModel); raises `NotFoundError` if it does not exist."""
        ...
    def create(self, *programs: ProgramSource, device: str | Device) -> ComputationModel:
        """Upload a program, or several that one job runs, without running anything (CreateModel).

        Args:
            programs: As for `submit`; several only in OpenQASM, at most the device's `max_circuits`.
            device: The platform that they are for.

        Raises:
            ValidationError: Something is not acceptable; nothing was uploaded if `status_code` is None.
            NotFoundError: There is no such device.
        """
        ...
    def upload(self, programs: Sequence[Program], device: Device) -> ComputationModel:
        """Upload loaded programs, in a language that the platform takes (CreateModel)."""
        ...
    def upload_once(self, programs: Sequence[Program], device: Device) -> ComputationModel:
        """Upload loaded programs, unless this client did so within the last hour (CreateModel)."""
        ...
    def is_lost(self, model: ComputationModel, error: NotFoundError) -> bool:
        """Whether an error says that an uploaded model is missing, so that it is uploaded again; no request."""
        ...
    def payload(self, model: str | ComputationModel) -> str:
        """Return the payload of a model, as it was uploaded (GetModel, and the link in it).

        Raises:
            NotFoundError: There is no such model.
            ResultNotAvailableError: It has no link.
        """
        ...
    def programs(self, model: str | ComputationModel) -> tuple[Program, ...]:
        """Return the programs in a model (GetModel, and the link in it).

        Raises:
            ResultDecodeError: Its form is unknown; `payload` returns it as it is.
        """
        ...
