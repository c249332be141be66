"""What a paper says, as plain data: shapes, numbers, canonical text and its hash. Pure."""
