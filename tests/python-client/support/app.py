"""The conformance app as a child process on a free port."""
import os
import re
import signal
import socket
import subprocess
import threading
from pathlib import Path

from .waiting import Inbox

STOP_LIMIT = 5
START_LIMIT = 60
ENDED = "the app ended"
STARTED_OR_NOT = re.compile(f"ready|{ENDED}")
ROOT = Path(__file__).resolve().parents[3]


def program():
    """The built program; CONFORMANCE_APP names another."""
    feed = os.environ.get("AKKACHAT_FEED", "standard")
    name = "AkkaChat.ConformanceApp"
    built = ROOT / "artifacts" / feed / "bin" / name / "release" / name
    path = Path(os.environ.get("CONFORMANCE_APP", built))
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: build it, for example by ./akkachat test")
    return path


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class App:
    """A running app. Each profile is started once, when a test first asks for it."""

    _running = {}

    def __init__(self, profile, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = Inbox("lines of the app")
        self._process = subprocess.Popen(
            [program()],
            env={**os.environ, "PORT": str(self.port), "PROFILE": profile},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=self._read, daemon=True).start()
        lines = self.output.when(lambda lines: any(map(STARTED_OR_NOT.match, lines)), "line 'ready'", START_LIMIT)
        if ENDED in lines:
            raise AssertionError(f"the app ended with code {self._process.wait()}: {lines}")

    @classmethod
    def of(cls, profile):
        if profile not in cls._running:
            cls._running[profile] = cls(profile)
        return cls._running[profile]

    @classmethod
    def stop_all(cls):
        """Ends the apps as an operator does; each must be gone in time, with code 0."""
        while cls._running:
            _, app = cls._running.popitem()
            app.stop()

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(STOP_LIMIT)
        finally:
            self.kill()
        if code != 0:
            raise AssertionError(f"the app ended with code {code}: {self.output.items}")

    def kill(self):
        self._process.kill()
        self._process.wait(STOP_LIMIT)

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.output.add(line)
        self.output.add(ENDED)
