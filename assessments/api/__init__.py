"""Assessments under /api/v1/."""
