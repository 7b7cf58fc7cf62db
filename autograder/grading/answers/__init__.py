"""For the proof of answers: a check is played again with altered values from the submission."""
