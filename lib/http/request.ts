import type { RequestContext } from './context';

/**
 * What handlers for programs read of a request. A Web `Request`, as Next passes it, is one; the front server's own, made
 * of Node's, is another and costs less.
 */
export type ApiRequest = {
  readonly method: string;
  /** Absolute; the path is the internal one (`toInnerPath`). */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** Null for methods without a body. */
  readonly body: AsyncIterable<Uint8Array> | null;
  /** Where the front server calls the handler. Behind Next, a header names it (`contextOf`). */
  readonly context?: RequestContext;
};

/** The parameters of the query. The front server has refused targets that a URL parser would change. */
export function queryOf({ url }: ApiRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}
