"""A submission as it comes in: the files that the assignment names, as bytes, once."""
