"""Events and acks of the main namespace, both ways."""
from support.cases import ClientTests, over_every_way
from support.values import ARGUMENT_LISTS, BINARY_LISTS
from support.waiting import Inbox


@over_every_way
class Events(ClientTests):
    def test_arguments_come_back_equal_and_in_order(self):
        self._come_back(ARGUMENT_LISTS)

    def test_binary_at_any_depth_comes_back_in_its_place(self):
        self._come_back(BINARY_LISTS)

    def test_an_ack_has_all_that_was_sent(self):
        client = self.connected()
        for name, args in {**ARGUMENT_LISTS, **BINARY_LISTS}.items():
            with self.subTest(name):
                expected = args if len(args) > 1 else args[0] if args else None
                self.assertEqual(client.call("message-with-ack", *args), expected)

    def test_a_callback_gets_the_answers_as_its_arguments(self):
        client = self.connected()
        answers = Inbox("answers")
        client.emit("message-with-ack", "a", {"b": b"\x01"}, 3, callback=lambda *args: answers.add(args))
        client.emit("message-with-ack", callback=lambda *args: answers.add(args))

        self.assertEqual(answers.count(2), [("a", {"b": b"\x01"}, 3), ()])

    def test_the_server_asks_and_gets_what_the_handler_returns(self):
        answers = {"one": "one", "several": ("one", {"two": [2, None]}), "binary": {"bytes": b"\x00\xff"}}
        for name, answer in answers.items():
            with self.subTest(name):
                client = self.connected()
                question = client.listen("question", answer=answer)
                expected = list(answer) if isinstance(answer, tuple) else [answer]

                self.assertEqual(client.call("ask", 10_000, {"n": b"\x07"}), {"ok": True, "answer": expected})
                self.assertEqual(question.items, [({"n": b"\x07"},)])

    def test_a_question_without_a_handler_is_answered_by_nothing(self):
        self.assertEqual(self.connected().call("ask", 10_000, "anybody?"), {"ok": True, "answer": []})

    def test_the_server_knows_the_client_by_the_id_that_the_client_has(self):
        client = self.connected()

        self.assertEqual(client.call("getId"), client.id())

    def _come_back(self, lists):
        client = self.connected()
        back = client.listen("message-back")
        for name, args in lists.items():
            with self.subTest(name):
                client.emit("message", *args)
                self.assertEqual(back.count(1), [tuple(args)])
                back.items.clear()
