"""The bounds of the figures, in one place: what alarms, what rates red, amber or green, how long a word stands."""

from collections.abc import Mapping
from fractions import Fraction

# In points: change may lag behind the project so far before it is told as an alert.
PARITY_ALERT = -15
# The promises of so many days tell how promises are kept now.
RECENT_PROMISES_DAYS = 8 * 7
# From this score on, of 25, a risk or an issue needs somebody; below it delivery confidence rates green.
HIGH_RISK_SCORE = 12
# A person's word on delivery confidence stands for so many days.
CONFIDENCE_STANDS_DAYS = 30
# An answer of an assessment from so many percent on is pointed out where it fails a test of evidence.
HIGH_ANSWER_PERCENT = 70
# What a sponsor had to do within so many days tells how engaged they are.
SPONSOR_ENGAGEMENT_DAYS = 90
# Green up to the first bound, amber up to the second, else red.
CONFIDENCE_BOUNDS: Mapping[str, tuple[Fraction, Fraction]] = {
    "outcomes": (Fraction(80, 100), Fraction(50, 100)),
    "schedule": (Fraction(7), Fraction(30)),
    "parity": (Fraction(PARITY_ALERT), Fraction(-30)),
    "promises": (Fraction(80, 100), Fraction(50, 100)),
    "risks": (Fraction(HIGH_RISK_SCORE), Fraction(16)),
}
