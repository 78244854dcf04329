import { BlockList, isIP } from 'node:net';

/** Ranges that no public server answers at (IANA special-purpose registries, RFC 6890), and multicast. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, with the metadata services of clouds
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Public IPv6 is within 2000::/3. Every other form that embeds IPv4 is outside: mapped, compatible and NAT64. */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = [
  '2001::/23', // Teredo and other protocol assignments
  '2001:db8::/32',
  '2002::/16', // 6to4
  '3fff::/20',
];

/** `SIGNET_PRIVATE_TARGETS` on a loopback origin: not link-local and unique local IPv6, where clouds serve secrets. */
export const LOCAL_RANGES: readonly string[] = ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const special = { ipv4: rangesOf(SPECIAL_IPV4), ipv6: rangesOf(SPECIAL_IPV6) };
const global = rangesOf(GLOBAL_IPV6);
const loopback = rangesOf(['127.0.0.0/8', '::1']);

/** Whether a connection to this IP address is allowed: it is public, or one of the addresses and ranges in `allowed`. */
export function isAllowedAddress(address: string, allowed: readonly string[]): boolean {
  const family = familyOf(address);
  if (family === null) return false;
  return isPublic(address, family) || rangesOf(allowed).check(address, family);
}

export function isLoopbackAddress(address: string): boolean {
  const family = familyOf(address);
  return family !== null && loopback.check(address, family);
}

function isPublic(address: string, family: 'ipv4' | 'ipv6'): boolean {
  if (special[family].check(address, family)) return false;
  return family === 'ipv4' || global.check(address, family);
}

/** Null for anything but a plain address. One with a zone (`%eth0`) is link-local. */
function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  if (address.includes('%')) return null;
  const family = isIP(address);
  return family === 0 ? null : family === 4 ? 'ipv4' : 'ipv6';
}

function rangesOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [network = '', prefix] = entry.split('/');
    const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
