"""Reports made readable: terminal, JSON, HTML. Nothing here decides a verdict or a point."""
