"""The commands: a module each with `command` (click) and `GROUP` (its heading in the help)."""
