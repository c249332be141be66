"""What each action is called in the history: the words that follow a person's name.

"name" is the phrase of an action; "name:state" tells a move by where it led; "name:many" is for several at once.
Boards and papers register the plain names of their own. A test fails for an action without a phrase, and for a phrase
without an action.
"""

from core.audit import register_phrase

PHRASES = {
    # accounts
    "accounts.sign_in": "signed in",
    "accounts.create_user": "created the account of {object}",
    "accounts.set_office": "changed the office’s settings",
    "accounts.change_password": "changed the password of {object}",
    "accounts.give_role": "gave the role {object}",
    "accounts.end_role": "ended the role {object}",
    "accounts.close_account": "closed the account of {object}",
    "accounts.reopen_account": "opened the account of {object} again",
    # documents
    "documents.store_file": "stored the file {object}",
    "documents.save_draft": "saved a draft",
    "documents.discard_draft": "discarded a draft",
    # measures
    "measures.add_area_alias": "added another name of an area, {object}",
    "measures.add_data_note": "added the data note {object}",
    "measures.confirm_columns": "said how the columns of {object} are read",
    "measures.discard_import": "discarded the import {object}",
    "measures.keep_check": "had the import {object} checked",
    "measures.keep_check:ready": "had the import {object} checked: it is ready to accept",
    "measures.keep_check:refused": "had the import {object} checked: it has problems",
    "measures.keep_inspection": "had the columns of {object} read",
    "measures.load_measures": "defined the measure {object}",
    "measures.load_measures:many": "defined {count} measures",
    "measures.place_names": "said what the names in {object} stand for",
    "measures.reopen_columns": "went back to the columns of {object}",
    "measures.request_acceptance": "accepted the import {object}",
    "measures.request_check": "sent the import {object} to be checked",
    "measures.request_inspection": "sent {object} to be read",
    "measures.send_back": "sent the import {object} back",
    "measures.store_import": "stored the figures of {object}",
    "measures.upload_file": "uploaded {object}",
    "measures.withdraw_import": "withdrew the import {object}",
    "measures.approve_phase_change": "approved the phase change {object}",
    "measures.create_area": "added the area {object}",
    "measures.create_measure": "defined the measure {object}",
    "measures.create_peer_group": "recorded {object}",
    "measures.create_series": "began to keep {object}",
    "measures.create_many_series": "began to keep {object}",
    "measures.create_many_series:many": "began to keep {count} series",
    "measures.drop_peer_group": "took back {object}",
    "measures.drop_phase_change": "took back the phase change {object}",
    "measures.edit_data_note": "changed the data note {object}",
    "measures.load_observations": "loaded figures from {object}",
    "measures.propose_phase_change": "proposed the phase change {object}",
    "measures.record_observation": "entered a figure by hand, {object}",
    "measures.set_plan": "wrote down the plan {object}",
    "measures.set_region": "said which forces lie in a region, {object}",
    "measures.set_region:many": "said which {count} forces lie in a region",
    "measures.set_population": "recorded the population of {object}",
    # service delivery plan
    "deepdive.add_milestone": "added the milestone {object}",
    "deepdive.correct_statement": "put right the words of {object}",
    "deepdive.create_delivery_action": "added delivery action {object}",
    "deepdive.create_delivery_plan": "began {object}",
    "deepdive.create_objective": "added the objective {object}",
    "deepdive.drop_milestone": "dropped the milestone {object}",
    "deepdive.edit_delivery_action": "changed delivery action {object}",
    "deepdive.edit_delivery_plan": "changed {object}",
    "deepdive.edit_milestone": "changed the milestone {object}",
    "deepdive.edit_objective": "changed the words of {object}",
    "deepdive.import_plan": "added to the plan from a spreadsheet, beginning with {object}",
    "deepdive.move_action": "moved delivery action {object}",
    "deepdive.move_update": "moved the update of {object}",
    "deepdive.move_update:approved": "approved the update of {object}",
    "deepdive.move_update:draft": "sent back the update of {object}",
    "deepdive.move_update:review": "sent the update of {object} for review",
    "deepdive.open_updates": "asked for the update of {object}",
    "deepdive.open_updates:many": "asked for {count} delivery updates",
    "deepdive.reach_milestone": "said that a milestone was reached, {object}",
    "deepdive.redate_action": "moved the due date of {object}",
    "deepdive.roll_over_plan": "carried the plan of the year on into {object}",
    "deepdive.save_update": "wrote the update of {object}",
    # boards
    "boards.move_action:done": "completed action {object}",
    "boards.move_action:dropped": "dropped action {object}",
    "boards.move_action:open": "opened action {object} again",
    # desk
    "desk.make_calendar_address": "made a private address of their calendar",
    "desk.end_calendar_address": "ended the private address of their calendar",
    "desk.follow": "began to follow something",
    "desk.unfollow": "stopped following something",
    "desk.choose_mails": "chose which mails they get",
    "desk.stop_mail": "stopped a kind of mail by its link, {object}",
    "desk.write_mail": "wrote the mail {object}",
    "desk.claim_mail": "began to send the mail {object}",
    "desk.keep_outcome": "sent the mail {object}",
    "desk.keep_outcome:waiting": "could not send the mail {object} yet",
    "desk.keep_outcome:uncertain": "cannot say whether the mail {object} went",
    "desk.keep_outcome:failed": "could not send the mail {object}",
    "desk.give_up_mail": "gave up the mail {object}",
    "desk.settle_mail": "said that the mail {object} arrived",
    "desk.settle_mail:waiting": "had the mail {object} sent again",
    # papers
    "papers.assign_commentary:many": "assigned {count} commentaries",
    "papers.move_commentary:approved": "approved the commentary on {object}",
    "papers.move_commentary:draft": "sent back the commentary on {object}",
    "papers.move_commentary:review": "sent the commentary on {object} for review",
}


def register() -> None:
    for action, phrase in PHRASES.items():
        register_phrase(action, phrase)
