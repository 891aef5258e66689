"""The stock Python clients: socketio.Client, and socketio.AsyncClient behind methods that wait."""
import asyncio
import logging
import threading
from typing import NamedTuple

import engineio
import engineio.payload
import socketio

from .waiting import LIMIT, Inbox

# Out of the box a Python client breaks off when a poll brings more than 16 packets; its documentation says to raise this.
engineio.payload.Payload.max_decode_packets = 1000


class Way(NamedTuple):
    """A way to be connected that every client may choose."""
    name: str
    transports: list
    ends: str


POLLING = Way("polling", ["polling"], "polling")
UPGRADING = Way("polling_then_websocket", ["polling", "websocket"], "websocket")
WEBSOCKET = Way("websocket", ["websocket"], "websocket")
WAYS = [POLLING, UPGRADING, WEBSOCKET]


class InOrderEngine(engineio.Client):
    """
    The stock client handles each message in a thread of its own, so that what came in order, even the attachments of one
    packet, can be handled in another. Here the thread that reads also handles.
    """

    def _trigger_event(self, event, *args, **_):
        return super()._trigger_event(event, *args)


class ThreadedClient(socketio.Client):
    """socketio.Client, which handles in the order in which it receives."""

    engine = InOrderEngine

    def _engineio_client_class(self):
        return self.engine


class Threaded:
    """How tests deal with socketio.Client."""
    name = "Client"

    @staticmethod
    def create(**options):
        return ThreadedClient(**options)

    @staticmethod
    def finish(result):
        return result


def report(loop, context):
    """Reports what went wrong on an event loop, but not that the stock client leaves its HTTP sessions open."""
    if not context["message"].startswith("Unclosed"):
        loop.default_exception_handler(context)


class Asynchronous:
    """How tests deal with socketio.AsyncClient: on an event loop in a thread of its own, and waiting for each result."""
    name = "AsyncClient"
    _loop = None

    @classmethod
    def create(cls, **options):
        if cls._loop is None:
            cls._loop = asyncio.new_event_loop()
            cls._loop.set_exception_handler(report)
            threading.Thread(target=cls._loop.run_forever, daemon=True).start()

        async def new():
            return socketio.AsyncClient(**options)

        return cls.finish(new())

    @classmethod
    def finish(cls, result):
        return asyncio.run_coroutine_threadsafe(result, cls._loop).result(LIMIT)


KINDS = [Threaded, Asynchronous]


class Wire(logging.Handler):
    """The packets that an engine logs as received, by name."""

    def __init__(self):
        super().__init__()
        self.received = Inbox("packets")

    def emit(self, record):
        if str(record.msg).startswith("Received packet"):
            self.received.add(record.args[0])


class Client:
    """A stock client of either kind; its methods wait, and whatever comes is kept in inboxes."""

    def __init__(self, kind, way, url, stock=None, **options):
        self.way = way
        self.url = url
        self.wire = Wire()
        self._kind = kind
        self._inboxes = {}
        logger = logging.Logger("engine", logging.INFO)
        logger.addHandler(self.wire)
        self.stock = (stock or kind.create)(**{"reconnection": False, "engineio_logger": logger, **options})

    def connect(self, *namespaces, **options):
        """Connects, and waits until all the namespaces are joined."""
        joined = [self.listen("connect", namespace) for namespace in namespaces]
        self.start(*namespaces, **options)
        for inbox in joined:
            inbox.count(1)
        if self.transport != self.way.ends:
            raise AssertionError(f"connected over {self.transport}, not {self.way.ends}")
        return self

    def start(self, *namespaces, **options):
        """Connects, and does not wait for the namespaces."""
        self._finish(self.stock.connect(
            self.url, transports=self.way.transports, namespaces=list(namespaces), wait=False, **options))

    def listen(self, event, namespace="/", answer=None):
        """An inbox of the event's arguments, as tuples; the answer is its ack."""
        key = (namespace, event)
        if key not in self._inboxes:
            self._inboxes[key] = Inbox(f"{namespace} {event}")

            def handle(*args):
                self._inboxes[key].add(args)
                return answer

            self.stock.on(event, handle, namespace=namespace)
        return self._inboxes[key]

    def emit(self, event, *args, namespace="/", callback=None):
        self._finish(self.stock.emit(event, args, namespace=namespace, callback=callback))

    def call(self, event, *args, namespace="/"):
        """The ack: None, its argument, or a list of several."""
        answer = self._finish(self.stock.call(event, args, namespace=namespace, timeout=LIMIT))
        return list(answer) if isinstance(answer, tuple) else answer

    def leave(self, namespace):
        """Takes leave of one namespace, as disconnect() does of all."""
        packet = self.stock.packet_class(socketio.packet.DISCONNECT, namespace=namespace)
        self._finish(self.stock._send_packet(packet))

    def disconnect(self):
        self._finish(self.stock.disconnect())

    def id(self, namespace="/"):
        return self.stock.get_sid(namespace)

    @property
    def transport(self):
        transport = self.stock.transport
        return transport() if callable(transport) else transport

    def _finish(self, result):
        return self._kind.finish(result)
