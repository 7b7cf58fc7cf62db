"""Reports in the terminal: sections of words first, then plain or coloured."""
