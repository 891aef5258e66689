"""Waiting for what must happen, each time with a limit and a name for what did not come."""
import threading

LIMIT = 15


class Inbox:
    """Everything that came, in the order in which it came; may be filled by any thread."""

    def __init__(self, name):
        self.name = name
        self.items = []
        self._changed = threading.Condition()

    def add(self, item):
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def when(self, condition, what, limit=LIMIT):
        """The items, as soon as they fulfil the condition."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self.items), limit):
                raise AssertionError(f"{self.name}: no {what} within {limit} s, only {str(self.items)[:1000]}")
            return list(self.items)

    def count(self, number):
        return self.when(lambda items: len(items) >= number, f"{number} of them")
