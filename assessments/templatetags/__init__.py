"""Tags of assessments: `prose`, the texts of a debrief."""
