// A keep-alive HTTP/1.1 connection that costs the machine as little as possible, so that the client does not compete
// with the servers it measures. It reads what our servers send: Content-Length or chunked, no trailers.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

export class Connection {
  #socket;
  #chunks = [];
  #settle;
  #bytes = 0;

  constructor(port) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#settle?.reject(error));
    this.#socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')));
  }

  /** Sends a whole request. Resolves to { status, head, body }. */
  send(text) {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(text);
    });
  }

  close() {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    if (this.#chunks.length > 1) this.#chunks = [all];
    const answer = read(all);
    if (!answer) return;
    this.#chunks = [];
    this.#bytes = 0;
    const { resolve } = this.#settle;
    this.#settle = undefined;
    resolve(answer);
  }
}

/** The answer at the start of the bytes, or null while it is incomplete. */
function read(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.latin1Slice(0, end);
  const status = Number(head.slice(9, 12));
  const body = bytes.subarray(end + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? { status, head, body } : null;
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, head, body };
  return body.subarray(-5).equals(LAST_CHUNK) ? { status, head, body: joinChunks(body) } : null;
}

/** RFC 9112 §7.1. */
function joinChunks(bytes) {
  const parts = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.latin1Slice(at, end), 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');
