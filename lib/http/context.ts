import { isEqualConstantTime, processHmac } from '@/lib/platform/secret';

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
  /** How the project looks: `#rrggbb`, and the name of its picture's bytes. */
  accentColor: string | null;
  logoHash: string | null;
  /** Whether the request came to SIGNET_ORIGIN's host, the only one that serves the console. */
  isConsoleHost: boolean;
};

export const CONTEXT_HEADER = 'x-signet-context';

export function sealContext(context: RequestContext): string {
  const payload = Buffer.from(JSON.stringify(context)).toString('base64url');
  return `${payload}.${processHmac(payload)}`;
}

/** Throws when the front server did not make this header. */
export function openContext(header: string | null): RequestContext {
  const context = readContext(header);
  if (!context) throw new Error('The request did not come through the front server');
  return context;
}

/** The context, or null when the front server did not make this header. */
export function readContext(header: string | null): RequestContext | null {
  const [payload = '', signature = ''] = (header ?? '').split('.');
  if (!isEqualConstantTime(processHmac(payload), signature)) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}
