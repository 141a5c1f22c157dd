"""The REST door of programs, a file per noun."""
