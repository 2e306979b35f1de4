"""OpenQASM 2, OpenQASM 3 and Amazon Braket's dialect: from text to a circuit."""
