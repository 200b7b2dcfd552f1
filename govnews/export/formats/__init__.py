"""The formats: one module each, found by scanning this folder; the module's name is the format's.

A module has ENDINGS (of file names), EXTRA (what to install, or null), TABLE (whether a dictionary goes with it) and `write(job)`, which
gives a Written; `stream(selection, out)` too, if the format can be sent down a pipe. May import: its neighbours in this room.
"""
