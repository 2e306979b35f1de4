"""Requests that no client should send: nearly right, and spoiled at a few places; or hopeless."""

from __future__ import annotations

import copy
import gzip
import json
import random
import re
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from anyqpu_emulator.clouds.scaleway.catalogue import PLATFORMS
from anyqpu_emulator.operations import table

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
QASM = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
UUID = "5904a9f2-f43b-453d-9d08-beedcdb93e54"
CONTROL = [
    ("POST", "/_control/faults"),
    ("DELETE", "/_control/faults/{id}"),
    ("POST", "/_control/clock"),
    ("GET", "/_control/state"),
    ("GET", "/_control/requests"),
    ("GET", "/_control/jobs/{cloud}/{id}"),
    ("POST", "/_control/jobs/{cloud}/{id}"),
    ("GET", "/_control/"),
]
# What a body of each kind of thing looks like, to be spoiled.
BODIES: list[dict[str, Any]] = [
    {"backend_id": "kipu.sim.qsim", "shots": 10, "input": {"qasm": QASM}, "name": "n", "tags": ["a"]},
    {"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM", "ttl": 60, "metadata": {}},
    {"platform_id": UUID, "project_id": UUID, "name": "s", "max_duration": "3600s", "max_idle_duration": "60s"},
    {"session_id": UUID, "name": "j", "circuit": {"qiskit_circuit": "{}"}, "parameters": '{"shots": 1}'},
    {"device_type": "EMU_FREE", "sequence_builder": "{}", "project_id": UUID, "jobs": [{"runs": 10}], "tags": []},
    {"application_id": UUID, "platform_id": UUID, "project_id": UUID, "input": "{}"},
    {"workload_type": "debug", "backend": "EMU", "config": {}, "project_id": UUID},
    {"quantumProcessorId": "Aspen-9", "startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:15:00Z"},
    {"quilCalibration": "", "nativeQuil": "DECLARE ro BIT\nMEASURE 0 ro", "numShots": 5, "settings": {}},
    {"endpointId": "aspen-9-default", "quantumProcessorIds": ["Aspen-9"], "datacenter": "berkeley-775"},
    {"accept_jobs": True, "ids": [UUID], "job_ids": [UUID], "batch_ids": [UUID], "jobs": [{}], "status": "DONE"},
    {"email": "a@b", "name": "anyqpu", "version": "1.0.0", "newPassword": "x" * 20, "oldPassword": "y", "token": "t"},
]
# Good bodies: what they make is found by the requests that follow.
PLATFORM = next(platform.id for platform in PLATFORMS.values() if platform.engine == "qiskit")
ENTRANCES: dict[str, dict[str, Any]] = {
    "/kipu/quantum/jobs": {"backend_id": "kipu.sim.qsim", "shots": 10, "input": {"qasm": QASM}, "tags": ["a"]},
    "/kipu/quantum/sessions": {"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"},
    "/scaleway/qaas/v1alpha1/sessions": {"platform_id": PLATFORM, "project_id": UUID, "name": "s"},
    "/scaleway/qaas/v1alpha1/models": {"project_id": UUID, "payload": "{}"},
    "/pasqal/core-fast/api/v1/workloads": BODIES[6],
}
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**70), 10**400, 0.5, -0.0, 1e308, "", " ", "x",
    "\x00", "\ud800",
    "\U0001f600" * 9, "é" * 300, "-1", "NaN", "0x10", "١٢", "9" * 5000, "2026-13-45T99:99:99Z", "2026-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", [], [[]], [None], {}, {"": None}, {"a": {"a": {}}},
    [{}] * 50, UUID,
    UUID.upper(), "../../etc/passwd", "%00", "' OR 1=1", "<script>", "true", QASM,
    "OPENQASM 3; int[32] i; while(true){}",
    {"$ref": "#"}, ["x" * 1000], "Aspen-9", "EMU_FREE", "kipu.sim.qsim", "1s", "-1s", "1e999s", "PT1S",
    "99999999999999999999s",
]  # fmt: skip
RAW = [
    b"", b"{", b"[", b"null", b"[]", b'"x"', b"1", b"\xff\xfe", b"\x00" * 64, b'{"a":1,"a":2}', b"{'a':1}", b"NaN",
    b'{"shots":Infinity}', b'{"shots":1e999}', b"[" * 20_000, b'{"a":' * 5_000, b"\xef\xbb\xbf{}", b'{"a":"\\ud800"}',
    b"9" * 6_000, b'{"shots":' + b"9" * 6_000 + b"}", b"a=1&b=2", b"--x\r\n\r\n", b'{"\\u0000":1}',
]  # fmt: skip


@dataclass(slots=True)
class Case:
    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    body: bytes


class Maker:
    """Requests, from nearly right to hopeless."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.places = [(operation.method, operation.path) for operation in table()] * 3 + CONTROL
        self.seen = ["Aspen-9", "EMU_FREE", "kipu.sim.qsim", "aspen-9-default", "1"]
        self.bomb = gzip.compress(b" " * 4_000_000)

    def learn(self, content: bytes) -> None:
        """Ids in responses, so that later requests get further in than a 404."""
        if len(self.seen) < 400:
            ids = re.findall(rb'"(?:id|session_id|batch_id|deduplication_id)":"([^"]{1,80})"', content[:4000])
            self.seen += [text.decode("ascii", "replace") for text in ids[:2]]

    def case(self) -> Case:
        chance = self.random
        method, path = chance.choice(self.places)
        if method == "POST" and path in ENTRANCES and chance.random() < 0.3:
            # Nothing wrong with this one: what it makes is found by those that follow.
            body = json.dumps(ENTRANCES[path]).encode()
            return Case(method, path, "", self._good_headers(), body)
        if chance.random() < 0.1:
            method = chance.choice(METHODS)
        path = re.sub(r"\{[^}]*\}", lambda _: self._segment(), path)
        if chance.random() < 0.03:
            path = chance.choice(
                [path + "/", "/" + path, path + "/..", path[: len(path) // 2], "/" + "a" * 3000, path * 2]
            )
        return Case(method, path, self._query(), self._headers(path), self._body())

    def _good_headers(self) -> list[tuple[str, str]]:
        headers = [("host", "127.0.0.1"), ("content-type", "application/json")]
        return [*headers, ("x-auth-token", "emulator"), ("authorization", "Bearer emulator")]

    def _segment(self) -> str:
        chance = self.random
        if chance.random() < 0.6:
            return quote(chance.choice(self.seen), safe="")
        value = chance.choice(ODD)
        text = value if isinstance(value, str) else json.dumps(value)
        return quote(text.encode("utf-8", "surrogatepass")[:500], safe="") or "x"

    def _query(self) -> str:
        chance = self.random
        if chance.random() < 0.6:
            return ""
        names = (
            "page", "size", "sort", "page_size", "order_by", "limit", "offset", "pageSize", "pageToken",
            "filter", "order",
            "project_id", "tags", "status", "start_date", "end_date", "id", "effectiveAt", "minQubits", "provider",
            "quantumProcessorId", "startTimeFrom", "duration", "types", "X-Amz-Expires", "X-Amz-Signature",
            "session_id",
        )  # fmt: skip
        parts: list[str] = []
        for _ in range(chance.randint(1, 4)):
            value = chance.choice(ODD)
            text = value if isinstance(value, str) else json.dumps(value)
            parts.append(f"{chance.choice(names)}={quote(text.encode('utf-8', 'surrogatepass')[:300])}")
        return "&".join(parts) + chance.choice(["", "&", "&&==", "%", "&%ff=%fe", "&a"])

    def _headers(self, path: str) -> list[tuple[str, str]]:
        chance = self.random
        headers = [("host", "127.0.0.1"), ("content-type", "application/json")]
        if chance.random() < 0.95:
            headers += [("x-auth-token", "emulator"), ("authorization", "Bearer emulator")]
        if chance.random() < 0.1:
            odd = chance.choice(
                ["", "Basic", "Basic %%%", "Basic OjpA", "Bearer", "Bearer \xe9", "x" * 4000, "Bearer denied"]
            )
            headers = [*headers[:2], ("authorization", odd), ("x-auth-token", odd)]
        if chance.random() < 0.1:
            names = (
                "content-type", "accept", "x-organizationid", "x-planqk-service-execution-id",
                "x-qcs-account-id", "host",
                "x-qcs-account-type", "x-request-id", "content-encoding", "if-none-match", "range", "cookie",
                "transfer-x",
            )  # fmt: skip
            values = (
                "",
                "x",
                "\xff\xfe",
                "group",
                "user",
                "a" * 2000,
                "text/html",
                "application/x-www-form-urlencoded",
                "br",
            )
            headers.append((chance.choice(names), chance.choice(values)))
        return headers

    def _body(self) -> bytes:
        chance = self.random
        kind = chance.random()
        if kind < 0.15:
            return chance.choice(RAW)
        body: Any = copy.deepcopy(chance.choice(BODIES))
        for _ in range(chance.randint(0, 4)):
            self._spoil(body)
        if kind < 0.18:
            body = [body]
        return json.dumps(body).encode()

    def _spoil(self, body: Any) -> None:
        chance = self.random
        while True:
            keys: list[Any] = list(body) if isinstance(body, dict) else list(range(len(body)))
            if not keys:
                return
            key = chance.choice(keys)
            inner = body[key]
            if isinstance(inner, dict | list) and inner and chance.random() < 0.5:
                body = inner
                continue
            if isinstance(body, dict) and chance.random() < 0.3:
                del body[key]
            else:
                made = chance.choice([*self.seen, *ODD]) if chance.random() < 0.9 else chance.choice(BODIES)
                body[key] = copy.deepcopy(made)
            return

    def packed(self, case: Case) -> Case:
        """Some bodies go out compressed, or as what only says so."""
        chance = self.random
        if chance.random() > 0.03:
            return case
        whole = gzip.compress(case.body)
        content = chance.choice(
            [whole, whole[: len(whole) // 2], whole + b"x", b"\x1f\x8b", case.body, zlib.compress(case.body), self.bomb]
        )
        encoding = chance.choice(["gzip", "deflate", "x-gzip", "GZIP", "gzip, gzip", "br", ""])
        return Case(case.method, case.path, case.query, [*case.headers, ("content-encoding", encoding)], content)
