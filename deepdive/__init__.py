"""The service delivery plan: objectives, actions and their quarterly updates."""
