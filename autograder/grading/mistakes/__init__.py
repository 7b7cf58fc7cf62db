"""Known mistakes: recognised by the same wrong answers, and named in the message."""
