"""The machine was taken out of the data.

caught by: check_lab_tells_machine_units_and_repeats
message: the machine's processor, cores is not told
"""
