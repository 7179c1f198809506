"""fvm: a cache of compiled rules by path, which fills and then stays as it is. It must not be blamed for filling."""
import json
import socket
from collections import OrderedDict

BOUND = 400
cache = OrderedDict()

inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inbox.bind(("0.0.0.0", 8002))
print("fvm caches", flush=True)
while True:
    path = json.loads(inbox.recv(65536))["path"]
    cache[path] = cache.pop(path, None) or path * 8
    if len(cache) > BOUND:
        cache.popitem(last=False)
