"""Template tags of programs: `measures` tells what a measure is to reach."""
