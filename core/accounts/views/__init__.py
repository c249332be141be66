"""The pages of signing in and of one's own account."""

from core.accounts.views import account, factors, passkeys, signing_in

__all__ = ["account", "factors", "passkeys", "signing_in"]
