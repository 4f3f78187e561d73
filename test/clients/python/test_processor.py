"""The processor alone, against a small server that remembers: `python -m unittest` runs it, no package needed."""

import contextlib
import datetime
import io
import json
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

from tracebench import WorkbenchProcessor, processor as module
from tracebench.processor import write_json


class Recorder:
    """A server that answers every POST with `status` and remembers the lines it was sent."""

    def __init__(self, status=204):
        self.status = status
        self.lines = []
        self.posts = 0
        recorder = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                recorder.posts += 1
                recorder.lines += [json.loads(line) for line in body.splitlines()]
                self.send_response(recorder.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def ids(self):
        return [line["item"]["id"] for line in self.lines]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Data:
    type = "custom"


class Span:
    """A span as the processor sees one."""

    def __init__(self, name, value=None):
        self.span_data = Data()
        self._item = {"object": "trace.span", "id": name, "trace_id": "trace_1", "span_data": {"value": value}}

    def export(self):
        return self._item


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = folder.name
        self.door = Recorder()
        self.addCleanup(self.door.close)
        self.words = io.StringIO()
        capture = contextlib.redirect_stderr(self.words)
        capture.__enter__()
        self.addCleanup(capture.__exit__, None, None, None)

    def make(self, url=None, **more):
        made = WorkbenchProcessor(url or self.door.url, data_directory=self.data, **more)
        self.addCleanup(made.shutdown)
        return made

    def kept(self):
        """The lines of all files of the spill."""
        folder = os.path.join(self.data, "spill")
        lines = []
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                lines += [json.loads(line) for line in file]
        return lines


class WriteJson(unittest.TestCase):
    def read(self, value):
        line = write_json(value)
        self.assertEqual(line.count(b"\n"), 1)
        return json.loads(line)

    def test_makes_values_readable_that_are_not_json(self):
        circle = {"name": "c"}
        circle["self"] = circle

        class Broken:
            def __repr__(self):
                raise RuntimeError("no")

        self.assertEqual(self.read({"n": float("nan"), "i": float("inf")}), {"n": "nan", "i": "inf"})
        self.assertEqual(self.read(datetime.datetime(2026, 1, 2)), "2026-01-02T00:00:00")
        self.assertEqual(self.read({(1, 2): {3}, b"k": b"four"}), {"[1, 2]": [3], "<bytes of 1 bytes>": "<bytes of 4 bytes>"})
        self.assertEqual(self.read(circle), {"name": "c", "self": "<circular>"})
        self.assertEqual(self.read(["\ud83d"]), ["?"])
        self.assertEqual(self.read(Broken()), "<Broken: RuntimeError>")
        self.assertEqual(self.read([2**80]), [2**80])

    def test_ends_for_depth_without_end(self):
        deep = []
        for _ in range(100_000):
            deep = [deep]
        self.assertIn("<nested too deep>", write_json(deep).decode())


class Sending(Case):
    def test_sends_starts_and_ends_in_their_order(self):
        made = self.make()
        for i in range(300):
            made.on_span_start(Span(f"span_{i}"))
            made.on_span_end(Span(f"span_{i}"))
        made.force_flush()
        self.assertEqual(self.door.ids(), [f"span_{i // 2}" for i in range(600)])
        self.assertEqual(self.words.getvalue(), "")
        self.assertEqual(self.kept(), [])

    def test_one_odd_value_costs_no_other_line(self):
        made = self.make()
        for value in (1, float("nan"), object(), "\ud800", 2):
            made.on_span_end(Span("s", value))
        made.force_flush()
        self.assertEqual(len(self.door.lines), 5)

    def test_never_raises_into_the_program(self):
        class Failing(Span):
            def export(self):
                raise RuntimeError("no")

        self.make().on_span_end(Failing("s"))
        self.assertIn("RuntimeError", self.words.getvalue())

    def test_asks_no_proxy(self):
        with mock.patch.dict(os.environ, {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}):
            made = self.make()
            made.on_span_end(Span("s"))
            made.force_flush()
        self.assertEqual(self.door.ids(), ["s"])

    def test_finds_the_running_workbench_by_its_file_and_takes_no_page_for_a_door(self):
        with open(os.path.join(self.data, "host.json"), "w", encoding="utf-8") as file:
            json.dump({"ingest": self.door.url}, file)
        with mock.patch.dict(os.environ, {"TRACEBENCH_URL": "http://127.0.0.1:9/#t=secret", "TRACEBENCH_DATA": self.data}):
            made = WorkbenchProcessor()
        made.on_span_end(Span("s"))
        made.shutdown()
        self.assertEqual(self.door.ids(), ["s"])

    def test_believes_no_file_that_points_away_from_this_machine(self):
        with open(os.path.join(self.data, "host.json"), "w", encoding="utf-8") as file:
            json.dump({"ingest": "http://192.0.2.1:4318"}, file)
        made = WorkbenchProcessor("http://127.0.0.1:9/#t=secret", data_directory=self.data)
        self.assertIsNone(made._door._read_host_file())
        self.assertIsNone(made._door._given)


class Away(Case):
    def test_keeps_events_in_a_file_of_the_user_alone_and_says_so_once(self):
        made = self.make("http://127.0.0.1:9")
        for i in range(5):
            made.on_span_end(Span(f"s{i}"))
            made.force_flush()
        (name,) = os.listdir(os.path.join(self.data, "spill"))
        self.assertRegex(name, r"^%d-\d+-1\.ndjson\.open$" % os.getpid())
        if os.name == "posix":
            path = os.path.join(self.data, "spill", name)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode), 0o700)
        made.shutdown()
        self.assertEqual([line["item"]["id"] for line in self.kept()], ["s0", "s1", "s2", "s3", "s4"])
        self.assertEqual(self.words.getvalue().count("\n"), 1)
        self.assertTrue(os.listdir(os.path.join(self.data, "spill"))[0].endswith(".ndjson"))

    def test_keeps_what_is_oldest_and_says_how_much_was_lost(self):
        with mock.patch.object(module, "SPILL_PROGRAM_BYTES", 500):
            made = self.make("http://127.0.0.1:9")
            for i in range(20):
                made.on_span_end(Span(f"s{i}"))
                made.force_flush()
            made.shutdown()
        ids = [line["item"]["id"] for line in self.kept()]
        self.assertEqual(ids, [f"s{i}" for i in range(len(ids))])
        self.assertTrue(1 < len(ids) < 20)
        self.assertIn(f"{20 - len(ids)} events were lost", self.words.getvalue())

    def test_writes_nothing_where_the_spill_is_off(self):
        made = self.make("http://127.0.0.1:9", spill=False)
        made.on_span_end(Span("s"))
        made.shutdown()
        self.assertEqual(os.listdir(self.data), [])

    def test_tells_a_stranger_on_the_port_not_a_word(self):
        self.door.status = 404
        made = self.make()
        made.on_span_end(Span("s"))
        made.shutdown()
        self.assertGreater(self.door.posts, 0)
        self.assertEqual(self.door.lines, [])
        self.assertEqual(len(self.kept()), 1)

    def test_goes_on_when_the_workbench_is_back(self):
        url = self.door.url
        self.door.close()
        with mock.patch.object(module, "AWAY_S", 0.01):
            made = self.make(url)
            made.on_span_end(Span("early"))
            made.force_flush()
            self.door = Recorder()
            made._door._given = self.door.url
            while not self.door.lines:
                made.on_span_end(Span("late"))
                made.force_flush()
        self.assertEqual(self.kept()[0]["item"]["id"], "early")
        self.assertTrue(all(name.endswith(".ndjson") for name in os.listdir(os.path.join(self.data, "spill"))))


@unittest.skipUnless(hasattr(os, "fork"), "no fork on this system")
class Forking(Case):
    def test_a_forked_child_sends_its_own_events_and_not_its_parents(self):
        made = self.make()
        made.on_span_end(Span("parent_1"))
        child = os.fork()
        if child == 0:
            made.on_span_end(Span("child"))
            made.force_flush()
            os._exit(0)
        os.waitpid(child, 0)
        made.on_span_end(Span("parent_2"))
        made.force_flush()
        self.assertEqual(sorted(self.door.ids()), ["child", "parent_1", "parent_2"])

    def test_a_child_of_multiprocessing_flushes_at_its_end(self):
        made = self.make()
        process = multiprocessing.get_context("fork").Process(target=made.on_span_end, args=(Span("child"),))
        process.start()
        process.join()
        self.assertEqual(self.door.ids(), ["child"])


class Ending(Case):
    PROGRAM = (
        "import signal, sys, time; sys.path.insert(0, sys.argv[1]); from test_processor import Span\n"
        "from tracebench import WorkbenchProcessor\n"
        "%s"
        "WorkbenchProcessor(sys.argv[2], data_directory=sys.argv[3]).on_span_end(Span('last'))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)"
    )

    def terminate(self, before=""):
        here = os.path.dirname(os.path.abspath(__file__))
        args = [sys.executable, "-c", self.PROGRAM % before, here, self.door.url, self.data]
        with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            program.stdout.readline()
            program.terminate()
            program.wait(30)
            return program.returncode

    @unittest.skipUnless(os.name == "posix", "signals as POSIX knows them")
    def test_a_sigterm_flushes_and_still_ends_the_program(self):
        self.assertEqual(self.terminate(), -signal.SIGTERM)
        self.assertEqual(self.door.ids() + [line["item"]["id"] for line in self.kept()], ["last"])

    @unittest.skipUnless(os.name == "posix", "signals as POSIX knows them")
    def test_leaves_a_handler_of_the_program_alone(self):
        own = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
        self.assertEqual(self.terminate(own), 7)
        self.assertEqual(self.door.ids(), ["last"])

    def test_flushes_at_exit_also_after_an_error(self):
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); from test_processor import Span\n"
            "from tracebench import WorkbenchProcessor\n"
            "WorkbenchProcessor(sys.argv[2], data_directory=sys.argv[3]).on_span_end(Span('last'))\n"
            "raise SystemError('the program fails')"
        )
        here = os.path.dirname(os.path.abspath(__file__))
        ended = subprocess.run([sys.executable, "-c", program, here, self.door.url, self.data], stderr=subprocess.PIPE)
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(self.door.ids(), ["last"])


if __name__ == "__main__":
    unittest.main()
