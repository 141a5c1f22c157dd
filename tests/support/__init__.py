"""What the tests and the checks stand on; no test itself."""
