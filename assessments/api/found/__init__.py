"""What an assessment leads to, over the API: findings, recommendations, debriefs. Rows, input, filters."""
