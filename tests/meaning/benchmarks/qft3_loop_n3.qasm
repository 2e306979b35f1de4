// Fourier transform of 1 and back, by loops and inv
// expected: {"101": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
const int n = 3;
gate rotate(k) a, b { ctrl @ p(2*pi/k) a, b; }
qubit[n] q;
bit[n] c;
x q[0]; x q[2];
for int i in [n - 1:-1:0] {
  h q[i];
  for int j in [i - 1:-1:0] { rotate(2**(i - j + 1)) q[j], q[i]; }
}
for int i in [0:n - 1] {
  for int j in [0:i - 1] { inv @ rotate(2**(i - j + 1)) q[j], q[i]; }
  h q[i];
}
c = measure q;
