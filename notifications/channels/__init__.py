"""The ways to reach a person: one folder each, and one line here."""

from collections.abc import Iterable

from notifications.channels.base import Channel
from notifications.channels.email import CHANNEL as EMAIL
from notifications.channels.inbox import CHANNEL as INBOX

__all__ = ["CHANNELS", "EMAIL", "INBOX", "sending"]

CHANNELS: dict[str, Channel] = {channel.kind: channel for channel in (EMAIL, INBOX)}


def sending() -> Iterable[Channel]:
    """Return the channels that carry messages out, in order; the others show what the tables hold."""
    return [channel for channel in CHANNELS.values() if channel.send is not None]
