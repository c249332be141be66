"""A broker made of files, for an installation of one machine.

kombu's own transport shows a message's file before its content is written, and a reader that is quick enough reads
nothing and falls over. Here a message appears whole: written under another name, then renamed.
"""

import os
import uuid
from pathlib import Path
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        """Put a message on the queue. Its name sorts by time, because readers take the first."""
        folder = Path(self.data_folder_out)
        name = f"{time_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.part"
        unfinished.write_bytes(str_to_bytes(dumps(message)))
        os.rename(unfinished, folder / name)


class Transport(filesystem.Transport):
    Channel = Channel
