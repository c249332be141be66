"""An organisation's sign-in for the tests: a real server on this machine that redirects, and signs real tokens."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "reckoner", "not-so-secret"


class Organisation:
    """Whoever comes is signed in at once, as `claims` say; `spoil` changes a token before it is signed."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer = ""
        self.begin_again()

    def begin_again(self) -> None:
        self.claims: dict[str, Any] = {"sub": "ann-1", "email": "ann@testshire.example", "email_verified": True}
        self.claims |= {"name": "Ann", "roles": []}
        self.spoil: dict[str, Any] = {}
        self.signed_by, self.algorithm = self.key, "RS256"
        self.asked: dict[str, dict[str, str]] = {}
        self.says = self.issuer

    def token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now, "nonce": nonce}
        claims = {name: value for name, value in (claims | self.claims | self.spoil).items() if value is not None}
        if self.algorithm == "HS256":
            return jwt.encode(claims, SECRET * 4, "HS256", headers={"kid": "one"})
        signed_by = None if self.algorithm == "none" else self.signed_by
        return jwt.encode(claims, signed_by, self.algorithm, headers={"kid": "one"})

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}


def _handler(organisation: Organisation) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/.well-known/openid-configuration":
                named = ("authorize", "token", "keys")
                at = {name: f"{organisation.issuer}/{name}" for name in named}
                self._json(
                    {
                        "issuer": organisation.says,
                        "authorization_endpoint": at["authorize"],
                        "token_endpoint": at["token"],
                        "jwks_uri": at["keys"],
                        "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    }
                )
            elif address.path == "/keys":
                self._json(organisation.keys())
            else:
                asked = dict(parse_qsl(address.query))
                code = f"code-{len(organisation.asked)}"
                organisation.asked[code] = asked
                self.send_response(302)
                self.send_header(
                    "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
                )
                self.end_headers()

        def do_POST(self) -> None:
            sent = {name: one[0] for name, one in parse_qs(self._body()).items()}
            asked = organisation.asked.pop(sent["code"], None)
            digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
            proved = asked and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
            if not proved or (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET):
                self._json({"error": "invalid_grant"}, 400)
                return
            self._json({"access_token": "a", "token_type": "Bearer", "id_token": organisation.token(asked["nonce"])})

        def _body(self) -> str:
            return self.rfile.read(int(self.headers["Content-Length"])).decode()

        def _json(self, what: object, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *args: object) -> None:
            pass

    return Handler


@contextmanager
def organisation_server() -> Iterator[Organisation]:
    organisation = Organisation()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(organisation))
    organisation.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield organisation
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
