"""The processes of a running product: command lines, embedded broker, supervisor. Nothing here knows Django."""
