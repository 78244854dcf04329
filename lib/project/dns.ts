import { Resolver } from 'node:dns/promises';
import { env } from '@/lib/platform/env';

/** The adapter to DNS. It asks the resolvers of the settings or of the machine, for TXT records and nothing else. */
const LOOKUP = { timeout: 2000, tries: 2 };
/** Answers that say the name or record does not exist (RFC 8020, RFC 2308). */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/** The texts at a name, each put together from its strings (RFC 7208 §3.3); null when no resolver gave an answer. */
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
