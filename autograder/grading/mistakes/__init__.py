"""Known mistakes: recognised by the very same wrong answers, and named in the message."""
