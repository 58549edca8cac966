"""Screening: the safety rules decided on the stored intake, kept, explained, and enforced."""
