"""A tracing processor for `openai-agents` that reports every start and end to a running Tracebench as it happens.

One file, standard library only, so that it can also be copied beside a program. Nothing here may cost the traced
program anything it can feel: hooks only write a line and put it in a bounded buffer, a daemon thread does the rest.
"""

from __future__ import annotations

import atexit
import http.client
import json
import math
import os
import signal
import sys
import threading
import time
import weakref
from datetime import datetime, timezone
from typing import Any, Optional
from urllib.parse import urlsplit

DEFAULT_URL = "http://127.0.0.1:4318"
MIB = 1024 * 1024
BUFFER_BYTES = 32 * MIB
"""Of lines that wait in memory; what comes on top goes to the spill at once."""
BATCH_BYTES = 1 * MIB
LINE_BYTES = 16 * MIB
"""The door takes 64 MiB at once; a longer line is written again with its texts cut."""
CUT_CHARACTERS = 20_000
GATHER_S = 0.05
"""How long the first line of a batch waits for others: a running span is seen this late."""
AWAY_S = 1.0
"""How long a workbench that did not answer is left alone."""
POST_S = 10.0
EXIT_S = 5.0
SPILL_FILE_BYTES = 16 * MIB
SPILL_FILE_S = 60.0
SPILL_PROGRAM_BYTES = 64 * MIB
SPILL_ALL_BYTES = 256 * MIB
MAX_DEPTH = 200


class WorkbenchProcessor:
    """`set_trace_processors([WorkbenchProcessor()])` sends the traces of a program to the workbench, and nowhere else.

    url: base URL of the door. Default: TRACEBENCH_URL, else what `host.json` of the data directory says.
    data_directory: of the workbench. Default: TRACEBENCH_DATA, else the platform's place.
    spill: keep events in a file of the data directory while the workbench is away. Default: yes, unless
        TRACEBENCH_SPILL=0.
    include_sensitive_data: send input and response of model calls. Default: as the SDK decides
        (RunConfig.trace_include_sensitive_data), never where OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA says no.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        *,
        data_directory: Optional[str] = None,
        spill: Optional[bool] = None,
        include_sensitive_data: Optional[bool] = None,
    ) -> None:
        directory = data_directory or find_data_directory()
        self._directory = directory
        self._door = _Door(_door_of(url) or _door_of(os.environ.get("TRACEBENCH_URL")), directory)
        allowed = _is_on(os.environ.get("TRACEBENCH_SPILL")) if spill is None else spill
        self._spill = _Spill(os.path.join(directory, "spill"), allowed)
        asked = os.environ.get("OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA")
        self._private = _is_on(asked) if include_sensitive_data is None else include_sensitive_data
        self._told = False
        self._lost = 0
        self._start_over()
        atexit.register(self.shutdown)
        _survive_forks(self)
        _end_well(self)

    # What the SDK calls. None of these may raise into the program, nor wait for anything.

    def on_trace_start(self, trace: Any) -> None:
        self._report("on_trace_start", trace)

    def on_trace_end(self, trace: Any) -> None:
        self._report("on_trace_end", trace)

    def on_span_start(self, span: Any) -> None:
        self._report("on_span_start", span)

    def on_span_end(self, span: Any) -> None:
        self._report("on_span_end", span)

    def force_flush(self, timeout: float = EXIT_S) -> None:
        """Returns when everything reported before is acknowledged by the workbench or in the spill."""
        with self._changed:
            wanted = self._offered
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._settled >= wanted, timeout)

    def shutdown(self, timeout: float = EXIT_S) -> None:
        """Flushes for at most `timeout` seconds; what is not acknowledged by then goes to the spill."""
        with self._changed:
            self._closing = True
            thread = self._thread
            self._changed.notify_all()
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout)
        with self._changed:
            left = self._sending + self._lines
            self._sending, self._lines, self._bytes = [], [], 0
            self._settled = self._offered
        if left:
            self._keep(left)
        self._spill.finish()
        if self._lost > 0:
            _say(f"{self._lost} events were lost: the workbench was away and the spill was full or off.")
            self._lost = 0

    def _report(self, event: str, source: Any) -> None:
        try:
            line = self._write(event, source)
        except Exception as error:  # An odd value must cost its own line only, and never the run.
            _say(f"an event could not be written ({type(error).__name__}); it is missing in the workbench.")
            return
        if line is not None:
            self._offer(line)

    def _write(self, event: str, source: Any) -> Optional[bytes]:
        item = source.export()
        if item is None:
            return None
        record = {"event": event, "at": datetime.now(timezone.utc).isoformat(), "item": item}
        data = getattr(source, "span_data", None)
        if data is not None:
            record["raw_type"] = data.type
            private = _private_of(data) if self._private and data.type == "response" else None
            if private:
                record["private_span_data"] = private
        line = write_json(record)
        return line if len(line) <= LINE_BYTES else write_json(_plain(record, CUT_CHARACTERS))

    # The buffer, the thread that empties it, and where lines go.

    def _start_over(self) -> None:
        # Reentrant: the collector may end a generator's span in the midst of this.
        self._changed = threading.Condition(threading.RLock())
        self._thread: Optional[threading.Thread] = None
        self._lines: list[bytes] = []
        self._sending: list[bytes] = []
        self._bytes = 0
        self._offered = 0
        self._settled = 0
        self._hurry = False
        self._closing = False
        self._away_until = 0.0

    def _offer(self, line: bytes) -> None:
        with self._changed:
            if not self._closing and self._bytes + len(line) <= BUFFER_BYTES:
                self._lines.append(line)
                self._bytes += len(line)
                self._offered += 1
                if self._thread is None:
                    # Not in __init__: a program may fork its workers after it made the processor.
                    self._thread = threading.Thread(target=self._run, name="tracebench", daemon=True)
                    self._thread.start()
                if len(self._lines) == 1 or self._bytes >= BATCH_BYTES:
                    self._changed.notify_all()
                return
        self._keep([line])

    def _run(self) -> None:
        while True:
            with self._changed:
                self._hurry = self._hurry and bool(self._lines)
                patience = AWAY_S if self._spill.is_open else None
                woken = self._changed.wait_for(lambda: self._lines or self._closing, patience)
                if woken:
                    self._changed.wait_for(self._is_due, GATHER_S)
                if self._closing and not self._lines:
                    return
                self._sending = self._take_batch()
            if self._sending:
                self._deliver(self._sending)
            elif self._is_back():
                self._spill.finish()
            with self._changed:
                self._settled += len(self._sending)
                self._sending = []
                self._changed.notify_all()

    def _is_due(self) -> bool:
        return self._hurry or self._closing or self._bytes >= BATCH_BYTES

    def _take_batch(self) -> list[bytes]:
        size = count = 0
        for line in self._lines:
            if count and size + len(line) > BATCH_BYTES:
                break
            size += len(line)
            count += 1
        batch, self._lines = self._lines[:count], self._lines[count:]
        self._bytes -= size
        return batch

    def _deliver(self, lines: list[bytes]) -> None:
        if not self._is_back():
            self._keep(lines)
            return
        for again in range(3):
            status = self._door.post(b"".join(lines))
            if status in (200, 204):
                self._spill.finish()
                return
            if status in (400, 413):
                # It will never be taken; the workbench shows it among its rejects.
                self._lost += len(lines)
                return
            if status != 503 or self._closing:
                break
            time.sleep(0.2 * (again + 1))
        self._door.forget()
        self._away_until = time.monotonic() + AWAY_S
        self._keep(lines)

    def _is_back(self) -> bool:
        if self._door.is_known:
            return True
        if time.monotonic() < self._away_until:
            return False
        if self._door.find():
            return True
        self._away_until = time.monotonic() + AWAY_S
        return False

    def _keep(self, lines: list[bytes]) -> None:
        lost = self._spill.write(lines)
        self._lost += lost
        if self._told:
            return
        self._told = True
        where = "lost" if lost else f"kept in {self._spill.directory} until one runs"
        _say(f"no workbench answers at {self._door.url}; traces are {where}.")

    def _after_fork(self) -> None:
        """In the child: what waits belongs to the parent, who sends it."""
        self._door.forget()
        self._spill.forget()
        self._lost = 0
        self._start_over()
        # Children of multiprocessing end without atexit, but run its finalizers.
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.register_after_fork(self, lambda own: util.Finalize(own, own.shutdown, exitpriority=-100))


class _Door:
    """One connection to the workbench's /v1/events, past any proxy."""

    def __init__(self, url: Optional[str], directory: str) -> None:
        self._given = url
        self._directory = directory
        self._connection: Optional[http.client.HTTPConnection] = None
        self.url = url or DEFAULT_URL

    @property
    def is_known(self) -> bool:
        """True once it answered, until it fails to."""
        return self._connection is not None

    def find(self) -> bool:
        """Looks where it listens now, and asks with an empty body: no stranger on that port may get a word."""
        self.url = self._given or self._read_host_file() or DEFAULT_URL
        try:
            parts = urlsplit(self.url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._path = f"{parts.path.rstrip('/')}/v1/events"
            self._connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=POST_S)
        except ValueError:
            return False
        if self._request(b"") == 204:
            return True
        self.forget()
        return False

    def post(self, body: bytes) -> int:
        """The status; 0 where nobody answered."""
        status = self._request(body)
        # A connection that idled may have been closed by the other side: that is worth a second, fresh one.
        if status == 0 and self.find():
            status = self._request(body)
        if status not in (200, 204, 400, 413, 503):
            self.forget()
        return status

    def forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _request(self, body: bytes) -> int:
        if self._connection is None:
            return 0
        try:
            headers = {"content-type": "application/x-ndjson"}
            self._connection.request("POST", self._path, body, headers)
            answer = self._connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.forget()
            return 0

    def _read_host_file(self) -> Optional[str]:
        try:
            with open(os.path.join(self._directory, "host.json"), encoding="utf-8") as file:
                ingest = json.load(file).get("ingest")
            # One that points away from this machine is not ours.
            ours = isinstance(ingest, str) and urlsplit(ingest).hostname in ("127.0.0.1", "localhost", "::1")
            return ingest if ours else None
        except (OSError, ValueError, AttributeError):
            return None


class _Spill:
    """Files of whole lines, readable by the user alone, that the workbench journals and deletes.

    `<pid>-<time>-<n>.ndjson.open` is being written; it is renamed to `.ndjson` when it is complete.
    """

    def __init__(self, directory: str, allowed: bool) -> None:
        self.directory = directory
        self._allowed = allowed
        self._count = 0
        self.forget()

    @property
    def is_open(self) -> bool:
        return self._file is not None

    def write(self, lines: list[bytes]) -> int:
        """Returns how many lines did not fit: what is oldest is kept."""
        if not self._allowed:
            return len(lines)
        with self._lock:
            try:
                if self._file is not None and self._is_worn():
                    self._finish()
                if self._file is None:
                    self._open()
                room = min(SPILL_PROGRAM_BYTES - self._own, SPILL_ALL_BYTES - self._all)
                fitting = 0
                for line in lines:
                    room -= len(line)
                    if room < 0:
                        break
                    fitting += 1
                self._append(b"".join(lines[:fitting]))
                return len(lines) - fitting
            except OSError:
                return len(lines)

    def finish(self) -> None:
        """Hands the file over to the workbench."""
        with self._lock:
            try:
                self._finish()
            except OSError:
                pass  # It stays `.open`: the workbench takes it when this process has ended.

    def forget(self) -> None:
        """In a forked child: the file is the parent's."""
        self._lock = threading.RLock()
        self._file: Optional[int] = None
        self._path = ""
        self._length = self._own = self._all = 0
        self._opened = 0.0

    def _is_worn(self) -> bool:
        """Too long, too old, or taken by a workbench that thought us dead."""
        old = time.monotonic() - self._opened > SPILL_FILE_S
        return old or self._length >= SPILL_FILE_BYTES or not os.path.exists(self._path)

    def _open(self) -> None:
        os.makedirs(self.directory, mode=0o700, exist_ok=True)
        self._own = self._all = 0
        prefix = f"{os.getpid()}-"
        with os.scandir(self.directory) as entries:
            for entry in entries:
                try:
                    size = entry.stat(follow_symlinks=False).st_size
                except OSError:
                    continue  # Taken by the workbench between the two looks.
                self._all += size
                self._own += size if entry.name.startswith(prefix) else 0
        self._count += 1
        self._path = os.path.join(self.directory, f"{prefix}{time.time_ns()}-{self._count}.ndjson.open")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.open(self._path, flags, 0o600)
        self._length = 0
        self._opened = time.monotonic()

    def _append(self, data: bytes) -> None:
        if self._file is None:
            return
        written = 0
        try:
            while written < len(data):
                written += os.write(self._file, data[written:])
        except OSError:
            # A full disk: half a line must not stay.
            os.ftruncate(self._file, self._length)
            os.lseek(self._file, self._length, os.SEEK_SET)
            raise
        self._length += len(data)
        self._own += len(data)
        self._all += len(data)

    def _finish(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        os.close(file)
        if self._length == 0:
            os.unlink(self._path)
        elif os.path.exists(self._path):
            os.rename(self._path, self._path[: -len(".open")])


def find_data_directory() -> str:
    """Where the workbench keeps its data: TRACEBENCH_DATA, else the platform's place."""
    chosen = os.environ.get("TRACEBENCH_DATA")
    if chosen:
        return os.path.abspath(chosen)
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "tracebench")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("APPDATA") or os.path.join(home, "AppData", "Roaming"), "tracebench")
    return os.path.join(os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share"), "tracebench")


def write_json(value: Any) -> bytes:
    """One line of JSON for any value; what is not JSON is made readable."""
    try:
        return _dump(value, _readable)
    except (TypeError, ValueError, RecursionError, OverflowError):
        # NaN, odd keys, circles, lone surrogates: the slow way sees every value.
        return _dump(_plain(value), None)


def _dump(value: Any, default: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=default)
    return text.encode("utf-8") + b"\n"


def _readable(value: Any) -> Any:
    """What stands for a value that JSON does not know."""
    try:
        if callable(getattr(value, "model_dump", None)) and not isinstance(value, type):
            try:
                return value.model_dump(mode="json", exclude_unset=True, warnings=False)
            except TypeError:  # pydantic 1 style, or something else of that name
                return value.model_dump()
        if isinstance(value, (set, frozenset, tuple)):
            return list(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return f"<{type(value).__name__} of {len(value)} bytes>"
        if callable(getattr(value, "isoformat", None)):
            return value.isoformat()
        fields = getattr(value, "__dataclass_fields__", None)
        if fields is not None and not isinstance(value, type):
            return {name: getattr(value, name, None) for name in fields}
        if hasattr(value, "keys") and hasattr(value, "__getitem__"):
            return {key: value[key] for key in value.keys()}
        return repr(value)[:CUT_CHARACTERS]
    except Exception as error:  # Any code of the program may run above.
        return f"<{type(value).__name__}: {type(error).__name__}>"


def _plain(value: Any, cut: Optional[int] = None, depth: int = 0, above: tuple = ()) -> Any:
    """The same value out of dicts, lists, texts and numbers alone, for which JSON has a word."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        text = str(value) if cut is None or len(value) <= cut else f"{value[:cut]}... [truncated]"
        return text.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int):
        return int(value) if -(2**63) <= value < 2**64 else str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else repr(value)
    if depth >= MAX_DEPTH or id(value) in above:
        return "<circular>" if id(value) in above else "<nested too deep>"
    inside = (*above, id(value))
    if isinstance(value, dict):
        pairs = list(value.items())
        return {str(_plain(key, cut, depth + 1, inside)): _plain(each, cut, depth + 1, inside) for key, each in pairs}
    if isinstance(value, (list, tuple)):
        return [_plain(each, cut, depth + 1, inside) for each in list(value)]
    return _plain(_readable(value), cut, depth + 1, inside)


def _private_of(data: Any) -> dict:
    fields = {"_input": getattr(data, "input", None), "_response": getattr(data, "response", None)}
    return {name: value for name, value in fields.items() if value is not None}


def _door_of(address: Optional[str]) -> Optional[str]:
    """For the command line the same variable may hold the page's address with its token, which is no door."""
    return None if not address or "#" in address else address


def _is_on(value: Optional[str]) -> bool:
    return value is None or value.strip().lower() not in ("0", "false", "no", "off")


def _say(sentence: str) -> None:
    try:
        sys.stderr.write(f"tracebench: {sentence}\n")
    except (OSError, ValueError, AttributeError):
        pass  # No stderr, or a closed one: there is nobody to tell.


_ENDING: weakref.WeakSet[WorkbenchProcessor] = weakref.WeakSet()
"""The processors that a SIGTERM flushes."""


def _end_well(processor: WorkbenchProcessor) -> None:
    """SIGTERM ends a program without atexit. Only where it has no handler of its own; one set later replaces ours."""
    _ENDING.add(processor)
    try:
        if os.name == "posix" and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _on_sigterm)
    except ValueError:
        pass  # Not the main thread: the program keeps the default.


def _on_sigterm(number: int, _frame: Any) -> None:
    # First, so that a second signal ends the program at once.
    signal.signal(number, signal.SIG_DFL)
    for processor in list(_ENDING):
        processor.shutdown()
    os.kill(os.getpid(), number)


def _survive_forks(processor: WorkbenchProcessor) -> None:
    if not hasattr(os, "register_at_fork"):
        return
    weak = weakref.ref(processor)

    def begin_anew() -> None:
        alive = weak()
        if alive is not None:
            alive._after_fork()

    os.register_at_fork(after_in_child=begin_anew)
