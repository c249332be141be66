"""A small mail server for tests: it keeps what it is sent, and can refuse, or hang up at the worst moment."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What the server was sent, and how it is to behave."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: str = ""  # the answer to every recipient, such as "550 No such person"
    hang_up: bool = False  # after a mail was taken, before saying so
    on_mail: Callable[[], None] | None = None  # called when a mail was taken, before saying so


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.box
        self.say("220 mail.test ready")
        for raw in self.rfile:
            verb = raw.strip().decode().upper()
            if verb.startswith("EHLO"):
                self.say("250 mail.test")
            elif verb.startswith("RCPT"):
                self.say(box.refuse or "250 OK")
                box.recipients.append(raw.decode().partition("<")[2].partition(">")[0])
            elif verb == "DATA":
                self.say("354 Go on")
                box.mails.append(message_from_bytes(self.data(), policy=policy.default))
                if box.on_mail:
                    box.on_mail()
                if box.hang_up:
                    return
                self.say("250 Taken")
            elif verb == "QUIT":
                self.say("221 Goodbye")
                return
            else:
                self.say("250 OK")

    def data(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = Mailbox(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.box
        server.shutdown()
        thread.join()
