"""Parts of the tool that draws the body chart; see tools/build_body_chart.py."""
