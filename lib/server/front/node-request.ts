import type { IncomingMessage } from 'node:http';
import type { ApiRequest } from '@/lib/http/request';

/** Node's request as handlers read it. Nothing is made before it is asked for. */
export class NodeRequest implements ApiRequest {
  readonly headers = { get: (name: string): string | null => this.#header(name) };
  readonly #incoming: IncomingMessage;
  readonly #origin: string;

  constructor(incoming: IncomingMessage, origin: string) {
    this.#incoming = incoming;
    this.#origin = origin;
  }

  get method(): string {
    return this.#incoming.method ?? 'GET';
  }

  get url(): string {
    return this.#origin + this.#incoming.url;
  }

  /** A handler that stops reading leaves the connection intact, for the answer that refuses the body. */
  get body(): AsyncIterable<Uint8Array> | null {
    if (this.method === 'GET' || this.method === 'HEAD') return null;
    return { [Symbol.asyncIterator]: () => this.#incoming.iterator({ destroyOnReturn: false }) };
  }

  #header(name: string): string | null {
    const value = this.#incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }
}
