"""What django-allauth asks of an office: sessions begin by our action, and nobody makes an account for themselves."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from core.accounts import actions
from core.accounts.context import current_office
from core.accounts.factors import is_fresh
from core.accounts.models import User
from core.audit.middleware import client_address

WRONG_CODE = "That code is not right. Type the code your app shows now; each code works once."


class AccountAdapter(DefaultAccountAdapter):
    def login(self, request: HttpRequest, user: User) -> None:
        actions.sign_in(request=request, by=user)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        return not is_fresh(self.request)

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Our views say what was done, in the office's words."""

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Mails are written by the desk, from the log."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets lie in the database under a key made from RECKONER_SECRET_KEY: a copy of it alone opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def _fernet(self) -> Fernet:
        key = hashlib.sha256(b"reckoner second factors" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        office = current_office()
        return f"Reckoner {office.short_name}" if office else "Reckoner"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()
