"""An app with nothing but work to do."""
