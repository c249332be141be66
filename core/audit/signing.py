"""Checkpoints: a signed note of how far the chain had come, kept where whoever owns the database cannot change it.

A chain written wholly anew fits in itself, and one whose end was cut off does too. A copy of one of its hashes outside
the database tells both, and a signature tells who made that copy.

What is signed of a checkpoint: the fields (see `chain`) `reckoner-checkpoint-1`, the database's id, seq, head,
time, the key's id.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.audit.chain import fields

VERSION, MANIFEST, PRUNE = "reckoner-checkpoint-1", "reckoner-manifest-1", "reckoner-prune-1"


class KeyProblem(Exception):
    """A sentence for the administrator."""


@dataclass(frozen=True)
class Checkpoint:
    version: str
    database: str
    seq: int
    head: str
    at: str
    key: str  # the id of the key that signed it
    signature: str = ""

    @property
    def message(self) -> bytes:
        return fields((self.version, self.database, str(self.seq), self.head, self.at, self.key))

    @property
    def file_name(self) -> str:
        return f"checkpoint-{self.seq:012d}-{self.head[:16]}.json"


def key_id(public: str) -> str:
    """The first 16 hex digits of the SHA-256 of the public key's 32 bytes."""
    return sha256(bytes.fromhex(public)).hexdigest()[:16]


def make_key(path: Path) -> str:
    """Write a new private key, which only its owner can read, and beside it the public one; returns the public one."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(pem)
    public = public_of(private)
    path.with_name(f"{path.name}.pub").write_text(f"{public}\n")
    return public


def read_private(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyProblem(f"The checkpoint key {path} cannot be read: {error}. Nothing was signed.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"The key in {path} is not an Ed25519 key. Nothing was signed.")
    return key


def read_public(text_or_path: str) -> str:
    """64 hex digits, from themselves or from a file that holds them."""
    try:
        text = text_or_path if len(text_or_path) == 64 else Path(text_or_path).read_text()
        if len(bytes.fromhex(text.strip())) == 32:
            return text.strip().lower()
    except (OSError, ValueError) as error:
        raise KeyProblem(f"The public key {text_or_path} cannot be read: {error}.") from error
    raise KeyProblem(f"{text_or_path} does not hold a public key, which is 64 hex digits.")


def public_of(private: Ed25519PrivateKey) -> str:
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw.hex()


def sign(private: Ed25519PrivateKey, *, database: str, seq: int, head: str) -> Checkpoint:
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bare = Checkpoint(VERSION, database, seq, head, at, key_id(public_of(private)))
    return Checkpoint(**{**asdict(bare), "signature": private.sign(bare.message).hex()})


def is_signed_by(checkpoint: Checkpoint, public: str) -> bool:
    return is_signed(public, checkpoint.message, checkpoint.signature)


def is_signed(public: str, message: bytes, signature: str) -> bool:
    """Whether this signature, in hex, of the message is by the owner of the public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def manifest_message(manifest: Mapping[str, Any], kind: str = MANIFEST) -> bytes:
    """What is signed of an export or a backup: the fields `kind` and the hash of all else its manifest says."""
    rest = {name: value for name, value in manifest.items() if name != "signature"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return fields((kind, sha256(text.encode()).hexdigest()))


def prune_message(database: str, point: Any) -> bytes:
    """What is signed of a prune point."""
    return fields((PRUNE, database, str(point.seq), point.head, point.archive_sha256, point.at, point.key))


def keep(checkpoint: Checkpoint, folder: Path) -> Path:
    """A file of its own, never one that is there: the folder may be one to which files can only be added."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / checkpoint.file_name
    with path.open("x") as file:
        json.dump(asdict(checkpoint), file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    return path


def read(path: Path) -> Checkpoint:
    """KeyProblem for a file that is no checkpoint."""
    try:
        found = Checkpoint(**json.loads(path.read_text()))
        if type(found.seq) is not int or any(type(one) is not str for one in (found.head, found.at, found.signature)):
            raise TypeError("a value of the wrong kind")
    except (OSError, ValueError, TypeError) as error:
        raise KeyProblem(f"{path} is not a checkpoint: {error}.") from error
    return found


def held(folder: Path) -> Iterator[tuple[Path, Checkpoint]]:
    """Those of a folder, in the order of the chain."""
    for path in sorted(folder.glob("checkpoint-*.json")):
        yield path, read(path)
