"""What crosses between grader and worker: values as bytes, messages, channels."""
