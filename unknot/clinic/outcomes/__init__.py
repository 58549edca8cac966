"""Outcomes: is it working for this person? Gathers the diary, draws it, and keeps decisions."""
