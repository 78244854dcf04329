import { stringifySetCookie } from 'cookie';
import type { ApiRequest } from '@/lib/http/request';
import type { RequestContext } from '../http/context';
import { type CookieSettings, readCookies } from './session-cookie';

type Options = Omit<CookieSettings, 'httpOnly'> & { httpOnly: boolean; maxAge?: number; expires?: Date };

/** The cookies of a request, and those that its response sets. Next's `cookies()` is one. */
export type Jar = {
  get(name: string): { value: string } | undefined;
  set(name: string, value: string, options: Options): unknown;
};

/** The browser of a request. */
export type Browser = { context: RequestContext; jar: Jar; userAgent: string };

/** The jar of a handler that the front server calls. */
export class RequestJar implements Jar {
  readonly #cookies: Map<string, string>;
  readonly #lines = new Map<string, string>();

  constructor(request: ApiRequest) {
    this.#cookies = new Map(
      Object.entries(readCookies(request)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }

  get(name: string): { value: string } | undefined {
    const value = this.#cookies.get(name);
    return value === undefined ? undefined : { value };
  }

  set(name: string, value: string, options: Options): void {
    this.#cookies.set(name, value);
    this.#lines.set(name, stringifySetCookie(name, value, options));
  }

  /** Values of `Set-Cookie`. */
  get lines(): string[] {
    return [...this.#lines.values()];
  }
}
