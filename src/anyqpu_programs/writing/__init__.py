"""Writers of circuits in the providers' languages."""

from anyqpu_programs.writing.by_bits import braket, ionq
from anyqpu_programs.writing.qasm2 import qasm2
from anyqpu_programs.writing.qasm3 import qasm3

__all__ = ["braket", "ionq", "qasm2", "qasm3"]
