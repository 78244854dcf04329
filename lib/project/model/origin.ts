import type { DomainClaim, Project } from '../model';

/** The TXT record that proves a claim (RFC 8552: names with an underscore carry what is about the name below). */
export function challengeRecord({ domain, token }: Pick<DomainClaim, 'domain' | 'token'>): {
  name: string;
  value: string;
} {
  return { name: `_signet-challenge.${domain}`, value: `signet-domain=${token}` };
}

export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether people reach this origin from the machine it runs on only. */
export function isLoopbackOrigin(origin: string): boolean {
  return isLocalName(new URL(origin).hostname);
}

/** The audience of the admin API: what a token must be made for. */
export function adminAudience(origin: string): string {
  return `${origin}/admin`;
}

export type OriginFault = 'format' | 'scheme' | 'path' | 'address';

/**
 * An origin as a browser writes it, or what is wrong with it: https, or http on a name of this machine, because passkeys need a
 * secure context (Secure Contexts §3.1); a name and no number, because they need a domain (WebAuthn L3 §5.1.3).
 */
export function readOrigin(text: string): { origin: string } | { fault: OriginFault } {
  const typed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || !URL.canParse(typed)) return { fault: 'format' };
  const { protocol, hostname, href, origin, username, password } = new URL(typed);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocalName(hostname))) return { fault: 'scheme' };
  if (/^\[|^[\d.]+$/.test(hostname)) return { fault: 'address' };
  if (!isHostName(hostname) || hostname.endsWith(UNREACHABLE_ORIGIN_SUFFIX) || username !== '' || password !== '')
    return { fault: 'format' };
  return href === `${origin}/` && !/[?#]/.test(typed) ? { origin } : { fault: 'path' };
}

/** Where a project answers when nobody says so: on the machine of a developer, beside the first one. */
export function defaultOrigin(consoleOrigin: string, slug: string): string | null {
  if (!isLoopbackOrigin(consoleOrigin)) return null;
  const { protocol, port } = new URL(consoleOrigin);
  return `${protocol}//${slug}.localhost${port && `:${port}`}`;
}

const UNREACHABLE_ORIGIN_SUFFIX = '.invalid'; // RFC 2606 §2: never resolves

/** The origin of a project whose deletion has begun: nobody reaches it any more. */
export function tombstoneOrigin(projectId: string): string {
  return `https://deleted-${projectId}${UNREACHABLE_ORIGIN_SUFFIX}`;
}

/** The origin of a project that has no approved one yet. */
export function pendingOrigin(projectId: string): string {
  return `https://pending-${projectId}${UNREACHABLE_ORIGIN_SUFFIX}`;
}

/** Answers nowhere: it has no approved domain yet, or is being deleted. */
export function hasUnreachableOrigin({ origin }: Pick<Project, 'origin'>): boolean {
  return rpIdOf(origin).endsWith(UNREACHABLE_ORIGIN_SUFFIX);
}

export function isBeingDeleted({ id, origin }: Pick<Project, 'id' | 'origin'>): boolean {
  return origin === tombstoneOrigin(id);
}

export function isWithoutDomain({ id, origin }: Pick<Project, 'id' | 'origin'>): boolean {
  return origin === pendingOrigin(id);
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** RFC 1123 §2.1. */
function isHostName(hostname: string): boolean {
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
  return hostname.length <= 253 && hostname.split('.').every(isLabel);
}
