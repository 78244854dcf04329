import { createServer, connect as dial, type Socket } from 'node:net';

/**
 * A pooler in transaction mode, as strict as PgBouncer in its default configuration: it refuses every startup parameter
 * that it does not track, lends a server connection for one transaction only, and gives the next transaction another
 * one.
 */
export type Pooler = { url: string; stop: () => Promise<void> };

const TRACKED = ['user', 'database', 'client_encoding', 'datestyle', 'timezone', 'application_name'];
const SERVERS = 2;
const SSL_REQUEST = 80877103;
const AUTHENTICATION_OK = frame('R', Buffer.alloc(4));
const READY = frame('Z', Buffer.from('I'));

/**
 * Between clients and the trusting server at `serverUrl`; `url` names the same database. Parameters in `dropped` are
 * accepted but not forwarded (PgBouncer's `ignore_startup_parameters`). As in PgBouncer nothing waits for Nagle's
 * algorithm: a statement is several messages, and each answer would be late by a delayed acknowledgement.
 */
export async function startPooler(serverUrl: string, port = 0, dropped: string[] = []): Promise<Pooler> {
  const target = new URL(serverUrl);
  const user = decodeURIComponent(target.username);
  const servers = new Servers(Number(target.port), target.hostname, user, decodeURIComponent(target.pathname.slice(1)));
  const clients = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (client) => {
    clients.add(client);
    client.on('error', () => {}).on('close', () => clients.delete(client));
    readStartup(client, [...TRACKED, ...dropped], () => serve(client, servers));
  });
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  const address = listener.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const stop = async () => {
    for (const client of clients) client.destroy();
    servers.end();
    await new Promise((resolve) => listener.close(resolve));
  };
  return { url: Object.assign(new URL(serverUrl), { port: address.port }).href, stop };
}

/** Reads the startup message, then calls `next`. */
function readStartup(client: Socket, accepted: string[], next: () => void): void {
  client.once('data', (message: Buffer) => {
    if (message.readInt32BE(4) === SSL_REQUEST) {
      client.write('N');
      readStartup(client, accepted, next);
      return;
    }
    const words = message.subarray(8).toString().split('\0');
    const refused = words
      .filter((_, at) => at % 2 === 0)
      .find((name) => name && !accepted.includes(name.toLowerCase()));
    if (refused) {
      const reason = `SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: ${refused}\0\0`;
      client.end(frame('E', Buffer.from(reason)));
      return;
    }
    client.write(Buffer.concat([AUTHENTICATION_OK, READY]));
    next();
  });
}

function serve(client: Socket, servers: Servers): void {
  let server: Promise<Socket> | undefined;
  const fromServer = framesOf((type, message) => {
    client.write(message);
    const isIdle = type === 'Z' && message.toString('latin1', 5, 6) === 'I';
    if (!isIdle || !server) return;
    const held = server;
    server = undefined;
    held.then((socket) => {
      socket.off('data', fromServer);
      servers.giveBack(socket);
    });
  });
  const fromClient = framesOf((type, message) => {
    if (type === 'X') return;
    server ??= servers.take().then((socket) => socket.on('data', fromServer));
    server.then((socket) => socket.write(message));
  });
  client.on('data', fromClient);
  client.on('close', () => server?.then((socket) => socket.destroy()));
}

class Servers {
  readonly #idle: Socket[] = [];
  readonly #waiting: Array<(socket: Socket) => void> = [];
  readonly #all = new Set<Socket>();

  constructor(
    private readonly port: number,
    private readonly host: string,
    private readonly user: string,
    private readonly database: string,
  ) {}

  /** The longest idle connection, so that two consecutive transactions never share one. */
  async take(): Promise<Socket> {
    if (this.#all.size < SERVERS) return this.#open();
    const idle = this.#idle.shift();
    return idle ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  giveBack(socket: Socket): void {
    const next = this.#waiting.shift();
    if (next) next(socket);
    else this.#idle.push(socket);
  }

  end(): void {
    for (const socket of this.#all) socket.destroy();
  }

  #open(): Promise<Socket> {
    const socket = dial({ port: this.port, host: this.host, noDelay: true });
    this.#all.add(socket);
    socket.on('error', () => {}).on('close', () => this.#all.delete(socket));
    const words = Buffer.from(`user\0${this.user}\0database\0${this.database}\0\0`);
    const head = Buffer.alloc(8);
    head.writeInt32BE(words.length + 8, 0);
    head.writeInt32BE(196_608, 4);
    socket.write(Buffer.concat([head, words]));
    return new Promise((resolve) => {
      const untilReady = framesOf((type) => {
        if (type !== 'Z') return;
        socket.off('data', untilReady);
        resolve(socket);
      });
      socket.on('data', untilReady);
    });
  }
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Splits a stream into messages. */
function framesOf(onMessage: (type: string, message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = rest.readInt32BE(1) + 1;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      onMessage(message.toString('latin1', 0, 1), message);
    }
  };
}
