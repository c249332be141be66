"""Verify an export of Reckoner's change history without Reckoner. One file, nothing but Python 3.9 or later.

    python3 -I verify.py FOLDER [FOLDER ...] [--key KEY] [--head SEQ:HASH]

FOLDER holds manifest.json and events.jsonl; several must follow each other, archives first. KEY: the public
key of the checkpoints, 64 hex digits, as you got it from whoever holds the private one; without it
 the key in the manifest is taken, which proves nothing about who signed.
SEQ:HASH: a head you noted yourself, from a page or a printed paper; its first 16 digits will do.

Every hash is computed again. Prints one line and a summary as JSON; ends with 0 if all is well, with 1 if not, and with
2 if the folder cannot be read. What is hashed, and how: a field is the length of its UTF-8 bytes, a colon, the text and
a comma, or `-,` for nothing; content is the SHA-256 of the fields `reckoner-content-1` and body, payload that of
`reckoner-event-1`, header and content, and a seal's hash that of 0x00, the hash before, 0x1f, seq and payload. A
redacted change has its content's hash in the place of its body, and a later change of the table audit_redactedevent
names both; an archive whose redactions came later than its end names them in its signed manifest.
"""

import argparse
import hashlib
import json
import sys

# --- Ed25519, as in RFC 8032, section 5.1 and its appendix; for checking only, so not in constant time ------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def decompress(raw):
    if len(raw) != 32:
        return None
    whole = int.from_bytes(raw, "little")
    y = whole & ((1 << 255) - 1)
    x = recover_x(y, whole >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def is_signed(public, message, signature):
    """Whether this 64-byte signature of the message is by the owner of this 32-byte key."""
    key, half = decompress(public), decompress(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or half is None or len(signature) != 64 or number >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = multiply(number, BASE), add(half, multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the chain ---------------------------------------------------------------------------------------------------


def fields(*values):
    written = b""
    for value in values:
        raw = None if value is None else value.encode()
        written += b"-," if raw is None else b"%d:%s," % (len(raw), raw)
    return written


def hash_of(*values):
    return hashlib.sha256(fields(*values)).hexdigest()


def link(previous, seq, payload):
    return hashlib.sha256(b"\x00" + previous.encode() + b"\x1f" + str(seq).encode() + payload.encode()).hexdigest()


def problem_of(line, seq, previous):
    """What is wrong with one line of the export, in words; empty if nothing is."""
    if line["seq"] != seq:
        return f"seal {seq} should stand here, and it is {line['seq']}"
    if line["header"] is None:
        return f"the event of seal {seq} is missing"
    if line["header"][0] != str(line["event"]):
        return f"seal {seq} is of event {line['event']}, and event {line['header'][0]} stands here"
    if line["content"] is not None and any(line["body"]):
        return f"event {line['event']} of seal {seq} has what a redaction took from it"
    content = line["content"] or hash_of("reckoner-content-1", *line["body"])
    if link(previous, seq, hash_of("reckoner-event-1", *line["header"], content)) != line["hash"]:
        return f"event {line['event']} or its seal {seq} was changed"
    return ""


def note_redaction(line, blanks, tombstones, agreed):
    """Which events are blank, with the hash left there; and which hashes later changes, agreed by two, put there."""
    if line["content"] is not None:
        blanks[line["event"]] = (line["seq"], line["content"])
        return
    table = line["header"][1] if line["header"] else ""
    row = json.loads(line["body"][3] or "null") if table in ("audit_redaction", "audit_redactedevent") else None
    if row and table == "audit_redaction":
        if row["state"] == "done" and row["decided_by_id"] != row["asked_by_id"]:
            agreed.add(row["id"])
    elif row and row["redaction_id"] in agreed:
        tombstones[row["event_id"]] = row["content_sha256"]


def walk(lines, manifest, noted, blanks, tombstones, agreed):
    """(faults, seq, head, sha256 of the file): every line against the one before, and against the hashes noted."""
    faults, whole = [], hashlib.sha256()
    seq, head = manifest["after"], manifest["previous"]
    check_noted(seq, head, noted, faults)
    for raw in lines:
        whole.update(raw)
        line = json.loads(raw)
        problem = problem_of(line, seq + 1, head)
        if problem:
            faults.append((line["seq"] if line["seq"] <= seq + 1 else seq + 1, problem))
        note_redaction(line, blanks, tombstones, agreed)
        seq, head = line["seq"], line["hash"]
        check_noted(seq, head, noted, faults)
    return faults, seq, head, whole.hexdigest()


def check_noted(seq, head, noted, faults):
    for expected, where in noted.get(seq, []):
        if not head.startswith(expected):
            faults.append((seq, f"seal {seq} is not the one of {where}: the chain was written anew at or before it"))


def checkpoints_of(manifest, key, noted):
    """The faults of the checkpoints themselves; what they say is noted."""
    faults = []
    for one in manifest["checkpoints"]:
        message = fields(one["version"], one["database"], str(one["seq"]), one["head"], one["at"], one["key"])
        name = f"the checkpoint of seq {one['seq']}"
        if not key or not is_signed(bytes.fromhex(key), message, bytes.fromhex(one["signature"])):
            faults.append((one["seq"], f"{name} is not signed with the key"))
        elif one["database"] != manifest["database"]:
            faults.append((one["seq"], f"{name} is of another database"))
        else:
            noted.setdefault(one["seq"], []).append((one["head"], name))
    return faults


def signed_manifest(manifest, key):
    """The faults of the manifest's own signature, and of the prune point at which the log begins."""
    faults = []
    if manifest.get("signature"):
        rest = {name: value for name, value in manifest.items() if name != "signature"}
        text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        message = fields("reckoner-manifest-1", hashlib.sha256(text.encode()).hexdigest())
        if not key or not is_signed(bytes.fromhex(key), message, bytes.fromhex(manifest["signature"])):
            faults.append((None, "the manifest is not signed with the key"))
    point = manifest.get("prune_point")
    if point:
        words = (manifest["database"], str(point["seq"]), point["head"], point["archive_sha256"], point["at"])
        message = fields("reckoner-prune-1", *words, point["key"])
        if not key or not is_signed(bytes.fromhex(key), message, bytes.fromhex(point["signature"])):
            faults.append((point["seq"], f"the prune point of seq {point['seq']} is not signed with the key"))
        elif manifest["after"] == point["seq"] and manifest["previous"] != point["head"]:
            faults.append((point["seq"], "the log does not begin with the head that its prune point names"))
    return faults


def joined(manifests):
    """The faults between folders: each has to begin where the one before it ends."""
    faults = []
    for one, other in zip(manifests, manifests[1:]):
        if (one["database"], one["seq"], one["head"]) != (other["database"], other["after"], other["previous"]):
            faults.append((other["after"], f"what begins after seq {other['after']} does not follow the one before"))
    return faults


def verify(folders, key, heads):
    folders = [folders] if isinstance(folders, str) else folders
    manifests, faults, blanks, tombstones, agreed, noted, checkpoints = [], [], {}, {}, set(), {}, 0
    for text in heads:
        seq, _, head = text.partition(":")
        noted.setdefault(int(seq), []).append((head, "your own note"))
    for folder in folders:
        with open(f"{folder}/manifest.json", encoding="utf-8") as file:
            manifests.append(json.load(file))
    given = key or manifests[0]["public_key"]
    for manifest in manifests:
        faults += checkpoints_of(manifest, given, noted) + signed_manifest(manifest, given)
        checkpoints += len(manifest["checkpoints"])
    for folder, manifest in zip(folders, manifests):
        for one in manifest.get("tombstones", []):
            if manifest.get("signature"):
                tombstones.setdefault(one["event"], one["content"])
        with open(f"{folder}/events.jsonl", "rb") as lines:
            found, seq, head, sha256 = walk(lines, manifest, noted, blanks, tombstones, agreed)
        faults += found
        if (seq, head) != (manifest["seq"], manifest["head"]):
            said = f"the manifest says the chain ends at seq {manifest['seq']}, and it ends at {seq}"
            faults.append((seq + 1, said))
        if sha256 != manifest["sha256"]:
            faults.append((None, "events.jsonl is not the file the manifest was written for"))
    first = manifests[0]
    if first["after"] == 0 and first["database"] != first["previous"][:32]:
        faults.append((0, "the first seal is not that of the database named"))
    faults += joined(manifests)
    for event, (place, content) in blanks.items():
        if tombstones.get(event) != content:
            faults.append((place, f"event {event} of seal {place} is blank, and no redaction says so"))
    faults += [(seq + 1, f"the chain reached seq {one} once, and ends at {seq}") for one in sorted(noted) if one > seq]
    faults.sort(key=lambda fault: (fault[0] is None, fault[0] or 0))
    return {
        "whole": not faults,
        "database": first["database"],
        "from_seq": first["after"],
        "seq": seq,
        "head": head,
        "seals": seq - first["after"],
        "redacted": len(blanks),
        "checkpoints": checkpoints,
        "key": "given" if key else "the manifest's own" if first["public_key"] else "none",
        "faults": len(faults),
        "first_fault": {"seq": faults[0][0], "what": faults[0][1]} if faults else None,
    }


def main():
    parser = argparse.ArgumentParser(description="Verify an export of Reckoner's change history.")
    parser.add_argument("folder", nargs="+")
    parser.add_argument("--key", default="", help="public key of the checkpoints, 64 hex digits")
    parser.add_argument("--head", action="append", default=[], metavar="SEQ:HASH", help="a head you noted yourself")
    asked = parser.parse_args()
    try:
        found = verify(asked.folder, asked.key.strip().lower(), asked.head)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"This is not an export that can be read: {error!r}\n")
        return 2
    place = f"{found['seals']} seals, head {found['seq']} {found['head'][:16]}"
    if found["whole"]:
        redacted = f", {found['redacted']} changes were redacted" if found["redacted"] else ""
        sys.stdout.write(f"The export is whole: {place}, {found['checkpoints']} checkpoints agree{redacted}.\n")
    else:
        sys.stdout.write(f"THE EXPORT IS NOT WHOLE: {place}; first at seq {found['first_fault']['seq']}: ")
        sys.stdout.write(f"{found['first_fault']['what']}.\n")
    sys.stdout.write(f"{json.dumps(found)}\n")
    return 0 if found["whole"] else 1


if __name__ == "__main__":
    sys.exit(main())
