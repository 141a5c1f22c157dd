"""What the pages that join all apps write: visits, words on delivery confidence, the figures of each day."""

from backend.overview.services.confidence import state_confidence
from backend.overview.services.snapshots import take_snapshots
from backend.overview.services.visits import note_visit

__all__ = ["note_visit", "state_confidence", "take_snapshots"]
