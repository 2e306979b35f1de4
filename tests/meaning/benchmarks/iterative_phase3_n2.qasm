// Iterative phase estimation with a loop and an angle that follows from bits
// control
// expected: {"011": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
const int n = 3;
qubit q;
qubit r;
bit[n] c;
x r;
int[32] seen = 0;
for int i in [1:n] {
  reset q;
  h q;
  ctrl @ p(2*pi*3/8.0*2**(n - i)) q, r;
  p(-pi*seen/2.0**(i - 1)) q;
  h q;
  c[i - 1] = measure q;
  if (c[i - 1]) { seen += 2**(i - 1); }
}
