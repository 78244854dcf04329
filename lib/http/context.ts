import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * What the front server found out about a request, handed to pages, actions and handlers in one sealed header. The key
 * lives in this process only, so nobody outside can make one, and code that runs without the front server gets nothing:
 * an absent or forged context is a refusal.
 */
export type RequestContext = {
  requestId: string;
  /** The client's IP address, past trusted proxies. */
  address: string;
  projectId: string;
  projectName: string;
  /** The project's primary origin, such as `https://id.example.com`: links, issuer and RP ID come from it. */
  origin: string;
  /** Whether the request came to SIGNET_ORIGIN's host, the only one that serves the console. */
  isConsoleHost: boolean;
};

export const CONTEXT_HEADER = 'x-signet-context';

const SLOT = Symbol.for('signet.context-key');
const holder: { [key: symbol]: Buffer | undefined } = globalThis as never;

function key(): Buffer {
  holder[SLOT] ??= randomBytes(32);
  return holder[SLOT];
}

export function sealContext(context: RequestContext): string {
  const payload = Buffer.from(JSON.stringify(context)).toString('base64url');
  return `${payload}.${sign(payload)}`;
}

/** Throws when the front server did not make this header. */
export function openContext(header: string | null): RequestContext {
  const [payload = '', signature = ''] = (header ?? '').split('.');
  const expected = Buffer.from(sign(payload));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new Error('The request did not come through the front server');
  }
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

function sign(payload: string): string {
  return createHmac('sha256', key()).update(payload).digest('base64url');
}
