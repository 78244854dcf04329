import { newId } from '@/lib/platform/ids';
import { randomToken } from '@/lib/platform/secret';
import { matchRoute, type RouteMatch } from '../route-template';
import { contentSecurityPolicy, PROGRAM_POLICY, securityHeaders } from '../security-headers';
import { isForPeople, isForPrograms } from './names';

/** A request and its response, with what the front server has established so far. */
export class Exchange {
  readonly requestId = newId();
  /** Whether the project's origin is https; SIGNET_ORIGIN's until the project is known. */
  isHttps: boolean;
  #path: string;
  #route: RouteMatch | null | undefined;
  #nonce: string | undefined;

  constructor(
    path: string,
    private readonly settings: { isHttps: boolean; isDevelopment: boolean },
  ) {
    this.#path = path;
    this.isHttps = settings.isHttps;
  }

  /** The path as sent; after parsing, that of the target. */
  get path(): string {
    return this.#path;
  }

  set path(path: string) {
    if (path === this.#path) return;
    this.#path = path;
    this.#route = undefined;
  }

  /** The matched route; matched once. */
  get route(): RouteMatch | null {
    if (this.#route === undefined) this.#route = matchRoute(this.#path);
    return this.#route;
  }

  get isForPrograms(): boolean {
    return isForPrograms(this.#path);
  }

  /** Whether it is a route for a person's browser; `isForPrograms` too, because Next does not serve it. */
  get isForPeople(): boolean {
    return isForPeople(this.#path);
  }

  get #isMachineMade(): boolean {
    return this.isForPrograms && !this.isForPeople;
  }

  /** For the scripts and styles of a page. */
  get nonce(): string {
    this.#nonce ??= randomToken(16);
    return this.#nonce;
  }

  get policy(): string {
    return this.#isMachineMade ? PROGRAM_POLICY : contentSecurityPolicy(this.nonce, this.settings.isDevelopment);
  }

  /** The headers of every response. */
  get headers(): Record<string, string> {
    return { ...this.#securityHeaders(), 'x-request-id': this.requestId };
  }

  #securityHeaders(): Record<string, string> {
    if (this.#isMachineMade) return this.isHttps ? FOR_PROGRAMS.https : FOR_PROGRAMS.http;
    return securityHeaders(this.policy, this.isHttps, this.#path);
  }
}

/** The same for every path of programs. With the name of the ID: V8 copies an object fast only if no name is added. */
const FOR_PROGRAMS = {
  http: { ...securityHeaders(PROGRAM_POLICY, false, '/api'), 'x-request-id': '' },
  https: { ...securityHeaders(PROGRAM_POLICY, true, '/api'), 'x-request-id': '' },
};
