"""The rooms of /chat, and what those who remain hear of those who go."""
from support.cases import ClientTests, over_every_way

END = "that is all"


@over_every_way
class Rooms(ClientTests):
    def setUp(self):
        self.room = self.id()

    def test_join_and_leave_answer_with_the_rooms_without_the_own_id(self):
        client = self._chatter()

        self.assertEqual(self._call(client, "join", "b"), ["b"])
        self.assertEqual(self._call(client, "join", "комната 😀"), ["b", "комната 😀"])
        self.assertEqual(self._call(client, "join", "b"), ["b", "комната 😀"])
        self.assertEqual(self._call(client, "leave", "b"), ["комната 😀"])
        self.assertEqual(self._call(client, "leave", "комната 😀"), [])

    def test_room_all_reaches_the_members_and_the_sender_if_it_is_one(self):
        a, b, c = self._company()
        for client in [a, b]:
            self._call(client, "join", self.room)
        self._call(a, "room-all", self.room, {"from": b"a"})
        self._call(c, "room-all", self.room, "from outside")

        both = [("a", {"from": b"a"}), ("c", "from outside")]
        self.assertEqual(self._heard(a, b, c), [both, both, []])

    def test_room_others_and_others_leave_out_the_sender(self):
        a, b, c = self._company()
        for client in [a, b]:
            self._call(client, "join", self.room)
        self._call(a, "room-others", self.room, 1)
        self._call(c, "others", 2)

        self.assertEqual(self._heard(a, b, c), [[("c", 2)], [("a", 1), ("c", 2)], []])

    def test_two_rooms_reaches_each_member_of_either_once(self):
        a, b, c = self._company()
        x, y = self.room + "x", self.room + "y"
        for client, room in [(a, x), (a, y), (b, y)]:
            self._call(client, "join", room)
        self._call(c, "two-rooms", x, y, b"once")

        self.assertEqual(self._heard(a, b, c), [[("c", b"once")], [("c", b"once")], []])

    def test_to_id_reaches_the_one_client_with_that_id(self):
        a, b, c = self._company()
        self._call(a, "to-id", b.id("/chat"), {"secret": b"b"})
        self._call(a, "to-id", "nobody's id", "x")

        self.assertEqual(self._heard(a, b, c), [[], [("a", {"secret": b"b"})], []])

    def test_who_answers_the_sorted_ids_in_a_room(self):
        a, b, c = self._company()
        for client in [c, a]:
            self._call(client, "join", self.room)

        self.assertEqual(self._call(b, "who", self.room), sorted([a.id("/chat"), c.id("/chat")]))

    def test_left_tells_who_left_and_why_when_it_is_out_of_its_rooms(self):
        endings = [
            (lambda client: client.leave("/chat"), "client namespace disconnect"),
            (lambda client: client.emit("kick", False, namespace="/chat"), "server namespace disconnect"),
            (lambda client: client.emit("kick", True, namespace="/chat"), "server namespace disconnect"),
            (lambda client: client.emit("drop"), "transport close"),
        ]
        watcher = self._chatter()
        left = watcher.listen("left", "/chat")
        for end, reason in endings:
            with self.subTest(reason):
                client = self.connected("/", "/chat")
                self._call(client, "join", self.room)
                gone = client.id("/chat")
                end(client)

                heard = left.when(lambda items: any(item[0] == gone for item in items), "farewell")
                self.assertEqual([item for item in heard if item[0] == gone], [(gone, reason)])
                self.assertEqual(self._call(watcher, "who", self.room), [])

    def _chatter(self):
        return self.connected("/chat")

    def _company(self):
        """Three clients, who hear from now on."""
        self.company = [self.client() for _ in "abc"]
        for client in self.company:
            client.listen("said", "/chat")
            client.connect("/chat")
        return self.company

    def _heard(self, *clients):
        """What each has heard, by whom, until nothing of what was done before can come any more."""
        names = dict(zip([client.id("/chat") for client in clients], "abc"))
        self._call(clients[0], "all", END)
        heard = [client.listen("said", "/chat").when(lambda items: items[-1:] and items[-1][1] == END, "end")
                 for client in clients]
        return [[(names[sender], data) for sender, data in items[:-1]] for items in heard]

    @staticmethod
    def _call(client, event, *args):
        return client.call(event, *args, namespace="/chat")
