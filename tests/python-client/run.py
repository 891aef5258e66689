#!/usr/bin/python3
"""Runs all tests beside it, or those whose name contains one of the arguments. RESULTS names a file for the numbers."""
import os
import sys
import unittest
from pathlib import Path

from support.app import App


class Result(unittest.TextTestResult):
    """Counts what passed, and says nothing of it."""
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def write_numbers(result):
    failed = result.testsRun - result.passed - len(result.skipped)
    numbers = {"passed": result.passed, "failed": failed, "skipped": len(result.skipped)}
    if "RESULTS" in os.environ:
        lines = [f"{name} {number}" for name, number in numbers.items()]
        lines += [f"not ok {test.id()}" for test, _ in result.errors + result.failures]
        Path(os.environ["RESULTS"]).write_text("\n".join(lines) + "\n")
    print("tests/python-client: " + ", ".join(f"{number} {name}" for name, number in numbers.items()))


def main():
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in sys.argv[1:]] or None
    tests = loader.discover(str(Path(__file__).parent))
    try:
        result = unittest.TextTestRunner(resultclass=Result, stream=sys.stdout).run(tests)
    finally:
        App.stop_all()
    write_numbers(result)
    return 0 if result.wasSuccessful() and result.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
