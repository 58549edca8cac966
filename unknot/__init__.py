"""Unknot: massage therapy for people in pain, from the first question to an honest answer."""
