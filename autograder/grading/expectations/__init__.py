"""What checks use to judge values: `expect`, tolerances, and the words of a failure."""
