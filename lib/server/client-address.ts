import { BlockList, isIP } from 'node:net';

/** Where a request came from, according to the socket and trusted proxies only. */
export type Origination = { address: string; host: string; isForwarded: boolean };

type Headers = Record<string, string | string[] | undefined>;

/** The proxies whose X-Forwarded-* headers are trusted: addresses and CIDR ranges. */
export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #isEmpty: boolean;

  constructor(entries: string[]) {
    this.#isEmpty = entries.length === 0;
    for (const entry of entries) {
      const [address = '', prefix] = entry.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (prefix === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(prefix), family);
    }
  }

  has(address: string): boolean {
    if (this.#isEmpty) return false;
    return isIP(address) !== 0 && this.#list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }

  /**
   * Walks X-Forwarded-For from the right, past trusted proxies, to the first untrusted address: that is the client,
   * regardless of entries further left. An entry that is not an IP address ends the walk at the last valid one (fail
   * closed).
   */
  read(socketAddress: string, headers: Headers, namedHost = single(headers.host)): Origination {
    const peer = plainAddress(socketAddress);
    if (!this.has(peer)) return { address: peer, host: namedHost, isForwarded: false };
    let address = peer;
    for (const hop of single(headers['x-forwarded-for']).split(',').reverse()) {
      const candidate = plainAddress(hop.trim());
      if (isIP(candidate) === 0) break;
      address = candidate;
      if (!this.has(candidate)) break;
    }
    const forwardedHost = single(headers['x-forwarded-host']).split(',').at(-1)?.trim();
    return { address, host: forwardedHost || namedHost, isForwarded: true };
  }
}

/** Writes an IPv4-mapped IPv6 address as IPv4 (RFC 4291 §2.5.5.2). */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(',') : value) ?? '';
}
