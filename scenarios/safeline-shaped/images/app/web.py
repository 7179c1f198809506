"""The smallest HTTP server that keeps connections open: one line of request, headers, a body by length."""
import asyncio


async def serve(port, answer):
    """answer(method, path, headers, body) -> status"""
    async def client(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.decode("latin1").split("\r\n")
                method, path, _ = lines[0].split(" ", 2)
                headers = {}
                for line in lines[1:]:
                    name, _, value = line.partition(": ")
                    headers[name.lower()] = value
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                status = answer(method, path, headers, body)
                writer.write(b"HTTP/1.1 %d -\r\nContent-Length: 0\r\n\r\n" % status)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(client, "0.0.0.0", port)
    print(f"listening on {port}", flush=True)
    async with server:
        await server.serve_forever()
