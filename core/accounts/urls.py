from django.urls import path

from core.accounts.views import account, factors, links, organisation, passkeys, signing_in, tokens

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),  # the name django-allauth leads back to
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.sign_in_code, name="mfa_authenticate"),  # likewise
    path("sign-in/key/", passkeys.sign_in_with_key, name="sign-in-key"),
    path("sign-in/choose-password/<str:token>/", links.choose_password, name="choose-password"),
    path("sign-in/organisation/", organisation.organisation_sign_in, name="organisation-sign-in"),
    path("sign-in/organisation/return/", organisation.organisation_return, name="organisation-return"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password_change, name="password-change"),
    path("account/confirm/", factors.confirm_identity, name="confirm-identity"),
    path("account/factors/", factors.factor_list, name="factor-list"),
    path("account/factors/app/", factors.factor_app, name="factor-app"),
    path("account/factors/key/", factors.factor_key, name="factor-key"),
    path("account/factors/codes/", factors.factor_codes, name="factor-codes"),
    path("account/factors/<int:pk>/remove/", factors.factor_remove, name="factor-remove"),
    path("account/tokens/", tokens.token_list, name="token-list"),
    path("account/tokens/new/", tokens.token_make, name="token-make"),
    path("account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("account/sessions/", account.session_list, name="session-list"),
    path("account/sessions/end/", account.session_end_others, name="session-end-others"),
    path("account/sessions/<int:pk>/end/", account.session_end, name="session-end"),
]
