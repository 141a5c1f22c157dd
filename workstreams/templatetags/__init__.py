"""Template tags of the work: `lanes` draws the marks of a plan, `milestones` tells of their days."""
