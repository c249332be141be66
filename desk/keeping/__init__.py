"""The whole record in a folder, and back: what an administrator carries away each night and hopes never to need."""
