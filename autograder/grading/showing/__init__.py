"""What a check calls, written as a script that students run alone."""
