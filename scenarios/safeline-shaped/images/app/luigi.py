"""luigi, the statistics service: counts by address, path, agent and referer. It is not on the request path.
In version 5.1.0 it keeps every key it ever saw; in 6.1.1 it keeps the newest 500 of each kind."""
import json
import os
import socket

BOUND = None if os.environ["SL_VERSION"] == "5.1.0" else 500
KINDS = ("ip", "path", "agent", "referer")
counts = {kind: {} for kind in KINDS}
total = 0

inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inbox.bind(("0.0.0.0", 8001))
print(f"luigi {os.environ['SL_VERSION']} counts, bound {BOUND}", flush=True)
while True:
    seen = json.loads(inbox.recv(65536))
    total += 1
    for kind in KINDS:
        table = counts[kind]
        key = f"{seen['ip']} {seen[kind]}" if kind != "ip" else seen["ip"]
        table[key] = table.pop(key, 0) + 1
        if BOUND is not None and len(table) > BOUND:
            del table[next(iter(table))]
