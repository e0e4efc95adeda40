"""Choosing questions as an integer program. Pure: no model, no settings; only `solver` loads SciPy, in a process apart."""
