import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A proxy between the server and PostgreSQL that cuts a connection when it sends COMMIT: `before` the server receives
 * it, or `after` it is carried out, so that the answer is lost.
 */
export async function startDatabaseProxy(databaseUrl: string) {
  const target = new URL(databaseUrl);
  let cut: 'before' | 'after' | null = null;
  let cuts = 0;
  let isOpen = true;
  let held: Array<() => void> | null = null;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    let isAnswerLost = false;
    const end = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) sockets.add(socket.on('error', end).on('close', end));
    if (!isOpen) return end();
    client.on('data', (chunk) => {
      if (cut && chunk.includes('COMMIT')) {
        cuts += 1;
        if (cut === 'before') return end();
        isAnswerLost = true;
      }
      if (held) held.push(() => upstream.write(chunk));
      else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isAnswerLost) end();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutAtCommit: (moment: 'before' | 'after' | null) => {
      cut = moment;
    },
    cuts: () => cuts,
    /** Holds back what clients send, as a network does that loses nothing; false passes it on. */
    hold: (value: boolean) => {
      const late = held ?? [];
      held = value ? late : null;
      if (!value) for (const pass of late) pass();
    },
    /** Whether new connections are accepted; false also ends the existing ones. */
    open: (value: boolean) => {
      isOpen = value;
      if (!value) for (const socket of sockets) socket.destroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
