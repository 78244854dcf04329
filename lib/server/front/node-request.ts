import type { IncomingMessage } from 'node:http';
import type { RequestContext } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import { isReservedHeader } from './context';

/** Node's request as an `ApiRequest`; URL, headers and body are created lazily. */
export class NodeRequest implements ApiRequest {
  readonly headers = { get: (name: string): string | null => this.#header(name) };
  readonly #incoming: IncomingMessage;

  constructor(
    incoming: IncomingMessage,
    readonly context: RequestContext,
  ) {
    this.#incoming = incoming;
  }

  get method(): string {
    return this.#incoming.method ?? 'GET';
  }

  get url(): string {
    return this.context.origin + this.#incoming.url;
  }

  get body(): AsyncIterable<Uint8Array> | null {
    if (this.method === 'GET' || this.method === 'HEAD') return null;
    // A handler that stops reading keeps the connection open, so that the refusal can be sent.
    return this.#incoming.iterator({ destroyOnReturn: false });
  }

  takeArrived(): Uint8Array | null {
    const incoming = this.#incoming;
    return incoming.complete && incoming.readableLength > 0 ? incoming.read() : null;
  }

  /** Without reserved headers, as after `dropReservedHeaders`. */
  #header(name: string): string | null {
    const key = name.toLowerCase();
    const value = this.#incoming.headers[key];
    if (value === undefined || isReservedHeader(key)) return null;
    if (key === 'authorization' && String(value).trim() === '') return null; // empty credentials (RFC 9110 §11.4)
    return Array.isArray(value) ? value.join(', ') : value;
  }
}
