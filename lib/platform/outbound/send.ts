import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { env } from '../env';
import { isAllowedAddress, isLoopbackAddress } from './addresses';
import { isOutboundUrl } from './url';

/**
 * The one adapter for requests to URLs that operators or applications enter. Such a URL must not reach the network
 * behind the server (SSRF): the name is resolved once, each address is checked, and the connection goes to a checked
 * address, so that a second resolution cannot change it. Redirects are not followed, no proxy is used, and no connection
 * is reused.
 */
export type OutboundRequest = { url: string; headers: Record<string, string>; body: string };

export type OutboundAnswer = {
  status: number;
  contentType: string | null;
  /** By `Retry-After`, as seconds or as a date (RFC 9110 §10.2.3). */
  retryAfterSeconds: number | null;
  /** Its beginning, as text. */
  body: string;
  isTruncated: boolean;
};

export type OutboundFault =
  | 'url_refused'
  | 'address_refused'
  | 'unresolvable'
  | 'unreachable'
  | 'tls'
  | 'interrupted'
  | 'bad_answer'
  | 'timeout';

export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly fault: OutboundFault,
    cause?: unknown,
  ) {
    super(`Outbound request failed: ${fault}`, { cause });
  }
}

type Address = { address: string; family: number };

export type OutboundOptions = {
  /** Ends the request; rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /** Default: as the system resolves names. */
  resolve?: ((hostname: string) => Promise<Address[]>) | undefined;
  /** Certificates to trust, PEM. Default: Node's. */
  ca?: string | undefined;
  /** For the whole request, from the name to the last byte of the answer. */
  timeoutMillis?: number | undefined;
  maxAnswerBytes?: number | undefined;
};

const TIMEOUT_MILLIS = 5000;
const MAX_ANSWER_BYTES = 2048;

/**
 * Sends a POST request. Resolves to any answer, of any status. Throws `OutboundError` without an answer, and `signal`'s
 * reason.
 */
export async function sendOutbound(request: OutboundRequest, options: OutboundOptions = {}): Promise<OutboundAnswer> {
  const { signal, resolve = resolveBySystem, timeoutMillis = TIMEOUT_MILLIS } = options;
  signal?.throwIfAborted();
  if (!isOutboundUrl(request.url)) throw new OutboundError('url_refused');
  const url = new URL(request.url);
  const timeout = AbortSignal.timeout(timeoutMillis);
  const end = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const addresses = await until(end, allowedAddresses(url, resolve));
    return await exchange(url, addresses, request, { ...options, signal: end });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw timeout.aborted ? new OutboundError('timeout', error) : error;
  }
}

/** Those of the host that requests may go to, at least one. One bad address does not make the others bad. */
async function allowedAddresses(url: URL, resolve: (hostname: string) => Promise<Address[]>): Promise<Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await resolved(host, resolve) : [{ address: host, family }];
  const allowed = found.filter(
    ({ address }) =>
      isAllowedAddress(address, env().privateTargets) && (url.protocol === 'https:' || isLoopbackAddress(address)),
  );
  if (allowed.length === 0) throw new OutboundError('address_refused');
  return allowed;
}

async function resolved(host: string, resolve: (hostname: string) => Promise<Address[]>): Promise<Address[]> {
  const found = await resolve(host).catch((cause: unknown) => {
    throw new OutboundError('unresolvable', cause);
  });
  if (found.length === 0) throw new OutboundError('unresolvable');
  return found;
}

const resolveBySystem = (hostname: string) => lookup(hostname, { all: true });

/** Rejects once `signal` aborts; `work` continues, and its failure is ignored. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function exchange(
  url: URL,
  addresses: Address[],
  { headers, body }: OutboundRequest,
  { signal, ca, maxAnswerBytes = MAX_ANSWER_BYTES }: OutboundOptions,
): Promise<OutboundAnswer> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const progress = { isConnected: false, isReady: false };
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      // A connection of its own; the default agent may use a proxy of the environment and keeps connections.
      agent: false,
      lookup: lookupAmong(addresses),
      ...(ca !== undefined && { ca }),
      ...(signal && { signal }),
    });
    sent.once('socket', (socket) => {
      socket.once('connect', () => {
        progress.isConnected = true;
      });
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        progress.isReady = true;
      });
    });
    sent.on('error', (cause) => reject(new OutboundError(faultOf(cause, progress), cause)));
    sent.once('response', (response) => {
      toAnswer(response, maxAnswerBytes).then(resolve, (cause: unknown) =>
        reject(new OutboundError('interrupted', cause)),
      );
    });
    sent.end(body);
  });
}

/** Answers with the checked addresses, whatever name is asked for. Node tries one after the other (RFC 8305). */
function lookupAmong(addresses: Address[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all || !first) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

function faultOf(cause: Error, { isConnected, isReady }: { isConnected: boolean; isReady: boolean }): OutboundFault {
  if ('code' in cause && String(cause.code).startsWith('HPE_')) return 'bad_answer';
  if (!isConnected) return 'unreachable';
  return isReady ? 'interrupted' : 'tls';
}

/** Reads at most `maxBytes` of the body, then closes the connection. */
async function toAnswer(response: http.IncomingMessage, maxBytes: number): Promise<OutboundAnswer> {
  const { statusCode = 0, headers } = response;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    length += part.length;
    if (length > maxBytes) break; // leaving the loop destroys the response
  }
  return {
    status: statusCode,
    contentType: headers['content-type'] ?? null,
    retryAfterSeconds: retryAfter(headers['retry-after']),
    body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
    isTruncated: length > maxBytes,
  };
}

function retryAfter(value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
