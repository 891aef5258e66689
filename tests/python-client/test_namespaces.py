"""Namespaces over one connection, and those that may not be joined."""
from support.cases import ClientTests, over_every_way

TOKEN = {"token": "let-me-in", "name": "Ada 😀"}


@over_every_way
class Namespaces(ClientTests):
    def test_several_namespaces_share_a_connection_and_nothing_else(self):
        names = ["/", "/custom", "/chat", "/foo"]
        client = self.client()
        back = {name: client.listen("message-back", name) for name in ["/", "/custom"]}
        client.connect(*names)
        for name in back:
            client.emit("message", name, b"\x01", namespace=name)

        self.assertEqual({name: inbox.count(1) for name, inbox in back.items()},
                         {name: [(name, b"\x01")] for name in back})
        self.assertEqual(client.call("getId", namespace="/foo"), client.id("/foo"))
        self.assertEqual(len({client.id(name) for name in names}), len(names))

    def test_the_auth_payload_arrives(self):
        client = self.client()
        greeting = client.listen("auth", "/custom")
        client.connect("/custom", "/guarded", auth=TOKEN)

        self.assertEqual(greeting.count(1), [(TOKEN,)])
        self.assertEqual(client.call("whoami", namespace="/guarded"), {"name": TOKEN["name"], "id": client.id("/guarded")})

    def test_a_refusal_has_its_message_and_data(self):
        refusal = {"message": "not authorized", "data": {"code": 401, "hint": "token"}}
        self._is_refused("/guarded", refusal)

    def test_a_refusal_without_data_has_its_message(self):
        self._is_refused("/no", {"message": "Auth failed (custom namespace)"})

    def test_an_unknown_namespace_is_refused(self):
        self._is_refused("/nowhere", {"message": "Invalid namespace"})

    def test_the_query_can_refuse_the_main_namespace(self):
        client = self.client()
        client.url += "?fail=yes"
        errors = client.listen("connect_error")
        client.start("/")

        self.assertEqual(errors.count(1), [({"message": "Auth failed (main namespace)"},)])

    def test_leaving_one_namespace_leaves_the_others_alone(self):
        client = self.connected("/", "/foo")
        client.leave("/foo")

        self.assertEqual(client.call("getId"), client.id())

    def _is_refused(self, namespace, payload):
        """The namespace is refused, and another of the same connection stays."""
        client = self.client()
        errors = client.listen("connect_error", namespace)
        joined = client.listen("connect", namespace)
        client.listen("connect", "/foo")
        client.start("/foo", namespace)

        self.assertEqual(errors.count(1), [(payload,)])
        client.listen("connect", "/foo").count(1)
        self.assertEqual(client.call("getId", namespace="/foo"), client.id("/foo"))
        self.assertEqual(joined.items, [])
