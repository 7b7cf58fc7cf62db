"""The layers of the lab keep their float weights.

caught by: check_lab_measured_the_bytes_that_formats_take
message: bytes is 13, and 9 are expected
"""
