"""What the API shows and takes of assessments and what comes of them, a file a noun, with the bodies of its moves."""
