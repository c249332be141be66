"""The log as pages tell it: who may see which of its events, pages of sentences, and one record's story."""
