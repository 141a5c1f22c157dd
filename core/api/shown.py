"""The shapes in which answers show what a row points to; they describe, and are never run over rows."""

from typing import Any

from rest_framework import serializers


class ProgramShown(serializers.Serializer[Any]):
    """A program, by number, key and name."""

    id = serializers.IntegerField(read_only=True)
    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class PersonShown(serializers.Serializer[Any]):
    """A person, by number and name."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True, help_text="The e-mail address of who gave no name.")


class CodedShown(serializers.Serializer[Any]):
    """Something in the same program, by number, full code and what it is called."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True, help_text="With the program's key, as in ONE-A12.")
    name = serializers.CharField(read_only=True)
