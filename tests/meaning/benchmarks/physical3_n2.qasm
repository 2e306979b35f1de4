// Physical qubits, as a transpiler writes them
// expected: {"00": 0.5, "11": 0.5}
OPENQASM 3.0;
include "stdgates.inc";
bit[2] meas;
rz(pi/2) $3;
sx $3;
rz(pi/2) $3;
cx $3, $5;
barrier $3, $5;
meas[0] = measure $3;
meas[1] = measure $5;
