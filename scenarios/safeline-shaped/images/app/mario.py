"""mario and chaos: they listen, keep a ring of the last events, and otherwise wait."""
import collections
import os
import socket

ring = collections.deque(maxlen=200)
inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inbox.bind(("0.0.0.0", int(os.environ.get("PORT", "8003"))))
print("waiting", flush=True)
while True:
    ring.append(inbox.recv(65536))
