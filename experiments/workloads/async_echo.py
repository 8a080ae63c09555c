"""An asyncio server and its clients: `async_echo.py [SIZE]`, 10 times 8 clients with 200 messages each unless told.

Coroutines that wait for each other on the loopback interface: many short steps, and a thread that sleeps between them.
"""
import asyncio

import script

CLIENTS = 8
MESSAGES = 200
EXPECTED = CLIENTS * sum(2 * number for number in range(MESSAGES))


async def serve(reader, writer):
    """Answers every number with its double, until the client has no more."""
    while line := await reader.readline():
        writer.write(b"%d\n" % (2 * int(line)))
        await writer.drain()
    writer.close()


async def ask(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    total = 0
    for number in range(MESSAGES):
        writer.write(b"%d\n" % number)
        total += int(await reader.readline())
    writer.close()
    await writer.wait_closed()
    return total


async def converse(times):
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for _ in range(times):
        answers = await asyncio.gather(*(ask(port) for _ in range(CLIENTS)))
        script.check(sum(answers), EXPECTED)
    server.close()


def main():
    asyncio.run(converse(script.size(10)))
    print(EXPECTED)


if __name__ == "__main__":
    main()
