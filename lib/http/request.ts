import type { RequestContext } from './context';

/**
 * What API handlers read of a request: a Web `Request`, as Next passes it, or the front server's cheaper `NodeRequest`.
 */
export type ApiRequest = {
  readonly method: string;
  /** Absolute; the path is the internal one (`toInnerPath`). */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** Null for methods without a body. */
  readonly body: AsyncIterable<Uint8Array> | null;
  /** Takes the whole body if it has arrived, as most do together with the head; cheaper than `body`. */
  takeArrived?(): Uint8Array | null;
  /** Set by the front server. Behind Next, a header identifies it (`contextOf`). */
  readonly context?: RequestContext;
};

/** The query parameters. The front server has refused targets that a URL parser would change. */
export function queryOf({ url }: ApiRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}
