"""The REST door of what joins all apps: a program's figures whole, and its delivery confidence."""
