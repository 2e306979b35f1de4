// Superdense coding of 11
// expected: {"11": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg alice[1]; qreg bob[1]; creg m[2];
h alice; cx alice,bob;
barrier alice,bob;
z alice; x alice;
barrier alice,bob;
cx alice,bob; h alice;
measure alice[0] -> m[1];
measure bob[0] -> m[0];
