// Bit-flip code with a subroutine for the syndrome
// control
// expected: {"10111": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
def syndrome(qubit[3] d, qubit[2] a) -> bit[2] {
  bit[2] b;
  cx d[0], a[0]; cx d[1], a[0];
  cx d[1], a[1]; cx d[2], a[1];
  b = measure a;
  return b;
}
qubit[3] q;
qubit[2] a;
bit[3] c;
bit[2] syn;
x q[0];
cx q[0], q[1]; cx q[0], q[2];
x q[2];
syn = syndrome(q, a);
if (int[32](syn) == 1) { x q[0]; }
if (int[32](syn) == 2) { x q[2]; }
if (int[32](syn) == 3) { x q[1]; }
c = measure q;
