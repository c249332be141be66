"""The figure checker: reads a paper's prose against its own figures and the facts, and says what cannot be. Pure."""
