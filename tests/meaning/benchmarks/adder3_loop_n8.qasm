// Ripple-carry adder of three-bit numbers with loops: 5 + 3
// expected: {"1000": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
gate majority a, b, c { cx c, b; cx c, a; ccx a, b, c; }
gate unmaj a, b, c { ccx a, b, c; cx c, a; cx a, b; }
qubit cin;
qubit[3] a;
qubit[3] b;
qubit cout;
bit[4] ans;
uint[3] a_in = 5;
uint[3] b_in = 3;
for uint i in [0:2] {
  if (bool(a_in[i])) { x a[i]; }
  if (bool(b_in[i])) { x b[i]; }
}
majority cin, b[0], a[0];
for uint i in [0:1] { majority a[i], b[i + 1], a[i + 1]; }
cx a[2], cout;
for int i in [1:-1:0] { unmaj a[i], b[i + 1], a[i + 1]; }
unmaj cin, b[0], a[0];
ans[0:2] = measure b[0:2];
ans[3] = measure cout;
