"""What an event may carry, and what comes back of it."""


def nested(depth):
    value = "bottom"
    for level in range(depth):
        value = [value] if level % 2 else {"deep": value}
    return value


ARGUMENT_LISTS = {
    "no arguments": [],
    "null and booleans": [None, True, False],
    "numbers": [0, 1, -1, 1.5, 1e21, -1e-7, 9007199254740991, 0.1],
    "empty things": ["", [], {}],
    "texts": ["a", "てすと", "Я Б Г", "👩‍👩‍👧 😀", "\u2028\u2029", "\\\"/\b\f\n\r\t", "<script>&'"],
    "control characters": ["\u0000\u0001\u001e\u007f", "b64:\u001e4"],
    "texts that look like packets": ["2", '42["a"]', "51-[]", "bAQID", '{"_placeholder":true}'],
    "objects": [{"a": {"b": {"c": [1, {"d": None}]}}, "": 1, "ключ": "значение"}],
    "nested forty deep": [nested(40)],
    "many arguments": list(range(100)),
    "half a megabyte": [[{"number": number, "text": "ж" + "x" * 200, "list": [number, None]} for number in range(2000)]],
}

BINARY_LISTS = {
    "binary": [b"\x01\x02\x03"],
    "empty binary": [b""],
    "every byte": [bytes(range(256))],
    "binary beside others": ["a", b"\x01", 2, b"\x03\x04", None],
    "binary at depth": [{"a": [{"b": b"\x05"}, [[[b"\x06\x07"]]]], "c": {"d": {"e": b""}}}, [b"\x08", "x", {"y": b"\x09"}]],
    "bytes like separators": [b"\x1e4b"],
    "a hundred thousand bytes": [bytes(range(250)) * 400],
}
