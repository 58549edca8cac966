"""Booking: open times, the whole course in one step, and nobody booked twice."""
