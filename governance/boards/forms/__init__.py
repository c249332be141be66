"""What is typed about boards, meetings and what comes of them."""
