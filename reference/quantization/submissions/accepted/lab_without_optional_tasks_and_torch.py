"""The lab of a group that left out the optional tasks, on a machine without torch."""
