"""The scorecard: what is shown of a quarter, narrowed and ordered as the address asks, on the page and in files."""
