"""Measurements, one command each; see bench/README.md."""
