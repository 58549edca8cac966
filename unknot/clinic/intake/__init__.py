"""Intake: the public self-check, the client's answers section by section, and consent."""
