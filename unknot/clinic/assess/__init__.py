"""Findings as data: the therapist's layer on the body chart, motion in degrees, and scores."""
