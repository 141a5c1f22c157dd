"""What assessments keep in a program: a manager goes on with what somebody facilitated, and nobody waits for them."""

from assessments import services
from programs import registry
from programs.registry import Contents

registry.register(Contents(release=services.release_leaver))
