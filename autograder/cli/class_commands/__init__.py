"""The commands that are about a class, as those in `commands`: one module for each."""
