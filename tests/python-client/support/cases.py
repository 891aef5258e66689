"""Tests that are declared once and run over every way, with both kinds of client."""
import sys
import unittest

from .app import App
from .clients import KINDS, WAYS, Client


class ClientTests:
    """What each test class has: a profile of the app, a kind of client and a way to be connected."""
    profile = "relaxed"
    kind = None
    way = None

    def client(self, app=None, **options):
        """A client that has not connected yet; it goes when the test ends."""
        client = Client(self.kind, self.way, (app or App.of(self.profile)).url, **options)
        self.addCleanup(client.disconnect)
        return client

    def connected(self, *namespaces, auth=None, **options):
        return self.client(**options).connect(*namespaces or "/", auth=auth)


def over(kinds, ways):
    """Declares the class as a test case for each kind of client and each way."""
    def declare(tests):
        module = sys.modules[tests.__module__]
        for kind in kinds:
            for way in ways:
                name = f"{tests.__name__}_{kind.name}_{way.name}"
                members = {"kind": kind, "way": way, "__module__": tests.__module__, "__qualname__": name}
                setattr(module, name, type(name, (tests, unittest.TestCase), members))
        return tests
    return declare


over_every_way = over(KINDS, WAYS)
