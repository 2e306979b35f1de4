// Only what the language has without a header
OPENQASM 3.0;
qubit[2] q;
bit[2] c;
U(pi/2, 0, pi) q[0];
ctrl @ U(pi, 0, pi) q[0], q[1];
ctrl @ gphase(pi) q[0];
U(pi/2, 0, pi) q;
c = measure q;
