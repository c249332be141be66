"""Pages that put the apps together: home, quarter, search, history."""
