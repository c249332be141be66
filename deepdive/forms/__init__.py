"""What is typed about the service delivery plan."""
