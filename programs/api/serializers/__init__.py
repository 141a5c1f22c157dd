"""What the API shows of programs and takes of them, a file a noun."""
