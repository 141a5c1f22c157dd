"""The pages of the work: action items and milestones, and what people say of them."""
