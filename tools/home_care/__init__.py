"""The drawings of home care, made by us from a small figure grammar.

`figure` draws a jointed figure in soft outlines, seen from the side or from the front; `parts`
draws what is seen close by (head, hand, foot) and the things of a room; `drawings` says for each
record which postures are drawn. `tools/build_home_care.py` writes them.
"""
