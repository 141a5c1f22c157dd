"""Who facilitates what."""

from assessments.models import Assessment
from programs.models import Membership


def count_led(place: Membership) -> int:
    """Return how many assessments of its program somebody facilitates that are not brought to their end."""
    return Assessment.objects.led_by(place.person).filter(program_id=place.program_id).count()
