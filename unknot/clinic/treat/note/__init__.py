"""The note: built from the taps, shown in three views, sealed when signed, guarded afterwards."""
