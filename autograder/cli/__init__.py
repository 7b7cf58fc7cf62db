"""The command line: its arguments; each command has a module in `commands` or `class_commands`."""
