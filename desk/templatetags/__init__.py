"""Tags and filters that any page may load."""
