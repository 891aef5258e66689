"""The benchmark's little application on Flask-SocketIO with gevent, as Debian packages them."""
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import signal  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402
from gevent import pywsgi  # noqa: E402
from geventwebsocket.handler import WebSocketHandler  # noqa: E402

PORT = int(os.environ.get("PORT", "3000"))
app = Flask(__name__)
io = SocketIO(
    app, async_mode="gevent", logger=False, engineio_logger=False,
    cors_allowed_origins="*")


@io.on("connect", namespace="/bench")
def connect():
    """Everybody may join."""


@io.on("join", namespace="/bench")
def join(room):
    join_room(room)


@io.on("chat", namespace="/bench")
def chat(line):
    emit("chat", line["msg"], to=line["room"])


@io.on("echo", namespace="/bench")
def echo(value):
    return value


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
# As io.run() serves it, in two steps: so that "ready" is printed when it listens.
server = pywsgi.WSGIServer(("127.0.0.1", PORT), app, handler_class=WebSocketHandler, log=None, backlog=511)
server.start()
print(f"ready on http://127.0.0.1:{PORT}", flush=True)
server.serve_forever()
