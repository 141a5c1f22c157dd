"""What the API shows of a person's inbox."""

from typing import Any

from rest_framework import serializers


class Subject(serializers.Serializer[Any]):
    """What a reminder is about."""

    kind = serializers.CharField(read_only=True, help_text="action or milestone, for example.")
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    line = serializers.CharField(read_only=True, help_text="Why it matters.")
    page = serializers.CharField(read_only=True, help_text="The address of its page, from the root of the server.")


class Reminder(serializers.Serializer[Any]):
    """One thing that the reader was told: that something falls due, or what somebody did.

    `is_over`: it was said, but its date was moved since, or nothing is asked any more.
    """

    id = serializers.IntegerField(read_only=True)
    url = serializers.CharField(read_only=True, help_text="Its address, from the root of the server.")
    kind = serializers.CharField(read_only=True)
    subject = Subject(read_only=True)
    due_on = serializers.DateField(allow_null=True, read_only=True, help_text="Null for news that asks for nothing.")
    headline = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
    shows_at = serializers.DateTimeField(read_only=True)
    is_read = serializers.BooleanField(read_only=True)
    is_over = serializers.BooleanField(read_only=True)
