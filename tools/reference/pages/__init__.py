"""One module a page; see `tools.reference`."""
