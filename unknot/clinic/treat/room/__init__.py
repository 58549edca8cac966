"""The session room and what leads to it: the brief, the re-screen, the chart, and copy forward."""
