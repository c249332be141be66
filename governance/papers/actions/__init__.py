"""What people do with quarters, commentary and papers. The caller has checked permission."""
