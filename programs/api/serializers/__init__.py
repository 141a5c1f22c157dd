"""What the API shows and takes of programs and what stands in them, a file a noun, with the bodies of its moves."""
