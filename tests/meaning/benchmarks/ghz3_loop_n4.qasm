// GHZ state by a loop
// expected: {"0000": 0.5, "1111": 0.5}
OPENQASM 3.0;
include "stdgates.inc";
const int n = 4;
qubit[n] q;
bit[n] c;
h q[0];
for int i in [1:n - 1] { cx q[i - 1], q[i]; }
c = measure q;
