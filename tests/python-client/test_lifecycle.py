"""Heartbeats, kicks, and what happens when a connection breaks off."""
from support.app import App
from support.cases import ClientTests, over, over_every_way
from support.clients import KINDS, UPGRADING, WEBSOCKET

AT_ONCE = {"reconnection": True, "reconnection_delay": 0.01, "reconnection_delay_max": 0.1, "randomization_factor": 0}


def assert_is_back(test, client):
    """Both namespaces are joined for the second time, and work."""
    for name in ["/", "/custom"]:
        client.listen("connect", name).count(2)
    test.assertEqual(client.call("getId"), client.id())
    test.assertEqual(client.call("message-with-ack", b"\x01", namespace="/custom"), b"\x01")


@over_every_way
class Heartbeats(ClientTests):
    profile = "fast"

    def test_who_answers_five_pings_is_still_connected(self):
        client = self.connected()
        own_id = client.id()
        client.wire.received.when(lambda packets: packets.count("PING") >= 5, "fifth ping")

        self.assertEqual(client.call("getId"), own_id)
        self.assertEqual(client.listen("connect").items, [()])


@over_every_way
class Endings(ClientTests):
    def test_a_kick_ends_one_namespace_and_leaves_the_others(self):
        client = self.client()
        gone = client.listen("disconnect")
        client.connect("/", "/foo")
        client.emit("kick", False)
        gone.count(1)

        self.assertEqual(client.call("getId", namespace="/foo"), client.id("/foo"))

    def test_a_kick_of_all_ends_every_namespace(self):
        client = self.client()
        gone = [client.listen("disconnect", name) for name in ["/", "/foo"]]
        client.connect("/", "/foo")
        client.emit("kick", True)
        for inbox in gone:
            inbox.count(1)

        self.assertFalse(client.stock.connected)


@over_every_way
class Reconnections(ClientTests):
    def test_a_client_comes_back_when_the_server_was_killed_and_started_again(self):
        app = App(self.profile)
        self.addCleanup(lambda: app.kill())
        client = self.client(app, **AT_ONCE)
        gone = client.listen("disconnect")
        client.connect("/", "/custom")
        app.kill()
        gone.count(1)
        app = App(self.profile, app.port)

        assert_is_back(self, client)


# Over polling a server that closes says so, and Python's clients take that for an end, not for a loss.
@over(KINDS, [UPGRADING, WEBSOCKET])
class ReconnectionsAfterDrop(ClientTests):
    def test_a_client_whose_connection_is_dropped_comes_back(self):
        client = self.client(**AT_ONCE)
        client.connect("/", "/custom")
        first = client.id()
        client.emit("drop")

        assert_is_back(self, client)
        self.assertNotEqual(client.id(), first)
