"""What grader and worker exchange: values as bytes, messages, channels. Both sides use it."""
