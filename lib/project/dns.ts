import { Resolver } from 'node:dns/promises';
import { env } from '@/lib/platform/env';

/** The DNS adapter: queries TXT records only, at the configured resolvers or the machine's own. */
const LOOKUP = { timeout: 2000, tries: 2 };
/** Error codes for a missing name or record (RFC 8020, RFC 2308). */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/** The TXT records at a name, each joined from its strings (RFC 7208 §3.3); null if no resolver answers. */
export async function findTexts(name: string): Promise<string[] | null> {
  const resolver = new Resolver(LOOKUP);
  const { dnsServers } = env();
  if (dnsServers.length > 0) resolver.setServers(dnsServers);
  try {
    return (await resolver.resolveTxt(name)).map((strings) => strings.join(''));
  } catch (error) {
    return error instanceof Error && 'code' in error && ABSENT.has(String(error.code)) ? [] : null;
  }
}
