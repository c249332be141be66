"""What the history says of each thing people do with quarters, commentary and papers."""

PHRASES = {
    "papers.open_quarter": "opened {object}",
    "papers.save_commentary": "wrote commentary on {object}",
    "papers.move_commentary": "moved the commentary on {object}",
    "papers.assign_commentary": "said who writes the commentary on {object}",
    "papers.save_introduction": "wrote the introduction of {object}",
    "papers.save_topic": "wrote the topic {object}",
    "papers.remove_topic": "removed the topic {object}",
    "papers.approve_introduction": "approved the introduction of {object}",
    "papers.dismiss_finding": "found that this may stand: {object}",
    "papers.restore_finding": "opened again what was found: {object}",
    "papers.review_paper": "put {object} up for review",
    "papers.return_paper": "sent {object} back to draft",
    "papers.submit_paper": "submitted {object} for signature",
    "papers.sign_paper": "signed {object}",
    "papers.publish_paper": "published {object}",
    "papers.withdraw_paper": "withdrew {object}",
}
