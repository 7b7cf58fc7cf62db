"""The ring passes whole arrays.

caught by: check_lab_agrees_with_bytes_and_times_in_closed_form
message: the virtual time of collectives
"""
