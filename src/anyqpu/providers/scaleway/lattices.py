"""Couplings of the processors behind Scaleway's platforms, which its API does not say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from anyqpu.core import native
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm
from anyqpu.model.status import DeviceKind

Pairs = tuple[tuple[int, int], ...]


def _square(*rows: range, columns: tuple[tuple[int, int], ...]) -> Pairs:
    """A square lattice: neighbours in each row, and the pairs between rows."""
    return tuple(sorted((*(pair for row in rows for pair in pairwise(row)), *columns)))


# By the platform's `backend_name`. Garnet: "Technology and performance benchmarks of IQM's 20-qubit quantum computer"
# (arXiv 2408.12433); qubit 0 is the one that IQM calls QB1.
COUPLINGS: Mapping[str, Pairs] = {
    "garnet": _square(
        *(range(2), range(2, 7), range(7, 12), range(12, 17), range(17, 20)),
        columns=(
            *((0, 3), (1, 4), (2, 7), (3, 8), (4, 9), (5, 10), (6, 11)),
            *((7, 12), (8, 13), (9, 14), (10, 15), (11, 16), (13, 17), (14, 18), (15, 19)),
        ),
    )
}


def form_of(device: Device) -> NativeForm:
    """Return the native form of a platform.

    Raises `UnsupportedOperationError` for a platform without gates, and for a processor whose couplings are not known.
    """
    couplings = COUPLINGS.get(str(getattr(device.raw, "backend_name", "")).lower())
    return native.form_of(device, couplings=couplings, all_coupled=device.kind is DeviceKind.SIMULATOR)
