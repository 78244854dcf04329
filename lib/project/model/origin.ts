import type { DomainClaim, Project } from '../model';

/** The TXT record that proves a claim (RFC 8552: underscored names describe the domain below which they are placed). */
export function challengeRecord({ domain, token }: Pick<DomainClaim, 'domain' | 'token'>): {
  name: string;
  value: string;
} {
  return { name: `_signet-challenge.${domain}`, value: `signet-domain=${token}` };
}

export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Host and port, as a URL of the origin spells them. */
export function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2);
}

/** Whether the origin is reachable only from its own machine. */
export function isLoopbackOrigin(origin: string): boolean {
  return isLocalName(new URL(origin).hostname);
}

/** The audience of tokens for the admin API. */
export function adminAudience(origin: string): string {
  return `${origin}/admin`;
}

export type OriginFault = 'format' | 'scheme' | 'path' | 'address';

/**
 * A normalized origin, or its fault. Accepts https, or http on a local name, because passkeys need a secure context
 * (Secure Contexts §3.1); a host name and no IP address, because they need a domain (WebAuthn L3 §5.1.3).
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

/** The default origin of a project on a developer's machine: a subdomain of the first project's host. */
export function defaultOrigin(consoleOrigin: string, slug: string): string | null {
  if (!isLoopbackOrigin(consoleOrigin)) return null;
  const { protocol, port } = new URL(consoleOrigin);
  return `${protocol}//${slug}.localhost${port && `:${port}`}`;
}

const UNREACHABLE_ORIGIN_SUFFIX = '.invalid'; // RFC 2606 §2: never resolves

/** The unreachable origin of a project whose deletion has begun. */
export function tombstoneOrigin(projectId: string): string {
  return `https://deleted-${projectId}${UNREACHABLE_ORIGIN_SUFFIX}`;
}

/** The origin of a project without an approved one. */
export function pendingOrigin(projectId: string): string {
  return `https://pending-${projectId}${UNREACHABLE_ORIGIN_SUFFIX}`;
}

/** Serves nothing: it has no approved domain yet, or is being deleted. */
export function hasUnreachableOrigin({ origin }: Pick<Project, 'origin'>): boolean {
  return origin.endsWith(UNREACHABLE_ORIGIN_SUFFIX);
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
