"""The pages of a program: a file a noun."""
