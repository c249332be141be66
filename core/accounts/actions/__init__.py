"""What people do with accounts. The caller has checked permission."""

from core.accounts.actions.accounts import (
    change_address,
    change_password,
    close_account,
    create_user,
    end_role,
    give_role,
    reopen_account,
    set_office,
)
from core.accounts.actions.emergencies import end_emergency_access, take_emergency_access
from core.accounts.actions.links import choose_password, invite, make_password_link, withdraw_password_link
from core.accounts.actions.organisation import follow_claims, know_by_organisation
from core.accounts.actions.reviews import answer_for_role, open_access_review, sign_access_review
from core.accounts.actions.signing_in import (
    add_authenticator_app,
    add_key,
    end_other_sessions,
    end_session,
    make_recovery_codes,
    remove_factor,
    reset_factors,
    show_recovery_codes,
    sign_in,
)
from core.accounts.actions.tokens import make_token, revoke_token

__all__ = [
    "add_authenticator_app",
    "add_key",
    "answer_for_role",
    "change_address",
    "change_password",
    "choose_password",
    "close_account",
    "create_user",
    "end_emergency_access",
    "end_other_sessions",
    "end_role",
    "end_session",
    "follow_claims",
    "give_role",
    "invite",
    "know_by_organisation",
    "make_password_link",
    "make_recovery_codes",
    "make_token",
    "open_access_review",
    "remove_factor",
    "reopen_account",
    "reset_factors",
    "revoke_token",
    "set_office",
    "show_recovery_codes",
    "sign_access_review",
    "sign_in",
    "take_emergency_access",
    "withdraw_password_link",
]
