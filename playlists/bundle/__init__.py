"""A builder's work in one file, to bring it to every chair."""
