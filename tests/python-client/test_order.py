"""Order of what is sent without waiting, across an upgrade too."""
from engineio import packet, payload

from support.cases import ClientTests, over, over_every_way
from support.clients import UPGRADING, InOrderEngine, Threaded, ThreadedClient

MESSAGES = 200


@over_every_way
class Order(ClientTests):
    def test_two_hundred_messages_come_back_once_in_order(self):
        client = self.connected()
        back = client.listen("message-back")
        for number in range(MESSAGES):
            client.emit("message", number, bytes(number % 3) if number % 5 == 0 else "text")

        self.assertEqual([args[0] for args in back.count(MESSAGES)], list(range(MESSAGES)))

    def test_two_hundred_acks_come_in_order(self):
        client = self.connected()
        acks = client.listen("acks")
        for number in range(MESSAGES):
            client.emit("message-with-ack", number, callback=acks.add)

        self.assertEqual(acks.count(MESSAGES), list(range(MESSAGES)))


class BusyEngine(InOrderEngine):
    """Sends and receives by polling before it upgrades, and leaves answers on their way; the stock one is silent till then."""

    def _connect_websocket(self, *args):
        self._post(range(MESSAGES // 4))
        response = self._send_request("GET", self.base_url, timeout=self.request_timeout)
        for received in payload.Payload(encoded_payload=response.text).packets:
            self._receive_packet(received)
        self._post(range(MESSAGES // 4, MESSAGES // 2))
        return super()._connect_websocket(*args)

    def _post(self, numbers):
        """The packets that wait, the CONNECT among them, and the numbered messages."""
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        messages = [packet.Packet(packet.MESSAGE, data=f'2["message",{number}]') for number in numbers]
        body = payload.Payload(packets=waiting + messages).encode()
        self._send_request("POST", self.base_url, body=body, headers={"Content-Type": "text/plain"},
                           timeout=self.request_timeout)


class BusyClient(ThreadedClient):
    engine = BusyEngine


@over([Threaded], [UPGRADING])
class OrderOfUpgrade(ClientTests):
    def test_two_hundred_messages_across_an_upgrade_come_back_once_in_order(self):
        client = self.client(stock=BusyClient)
        back = client.listen("message-back")
        client.connect("/")
        for number in range(MESSAGES // 2, MESSAGES):
            client.emit("message", number)

        self.assertEqual([number for number, in back.count(MESSAGES)], list(range(MESSAGES)))
