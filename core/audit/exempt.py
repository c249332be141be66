"""Tables of other people's packages, which cannot say their kind themselves; each with its reason."""

RECORDS_ELSEWHERE = {
    "auth.Group",
    "account.EmailAddress",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "socialaccount.SocialApp",
}

SECRETS_ELSEWHERE = {
    "mfa.Authenticator": {"data"},
    "socialaccount.SocialAccount": {"extra_data"},
    "socialaccount.SocialApp": {"secret", "key", "settings"},
}

DERIVED_ELSEWHERE = {
    "auth.Permission": "written by migrate from the code; who may do what is decided in code and in role assignments",
    "contenttypes.ContentType": "written by migrate from the code",
}

OPERATIONAL_ELSEWHERE = {
    "sessions.Session": "sign-in state that lives for hours; signing in and out is logged on the account",
    "account.EmailConfirmation": "never written: nobody makes an account for themselves",
    "socialaccount.SocialToken": "never written: tokens of the organisation's sign-in are used at once and not kept",
    "migrations.Migration": "which changes of shape have been applied; the code repository holds what they are",
}
