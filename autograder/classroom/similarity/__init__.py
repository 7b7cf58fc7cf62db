"""How much the submissions of a class have in common: a reason to look, never a verdict."""
