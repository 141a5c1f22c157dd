"""The house's rules: each a function over a tree, and a breach of each."""
