"""What speed, size and memory cost, as ratios measured side by side: `./run bench [name ...]`, exit 1 when a goal is missed.

Every other module of this folder offers `figures()`, an iterator of `Figure`. Nothing here runs with the tests: a timed
assertion fails on a busy machine for no reason. Counts that cannot vary (statements) are gates in the tests as well.
"""
