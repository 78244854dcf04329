/**
 * Writes a small database in MaxMind's DB format 2.0 (https://maxmind.github.io/MaxMind-DB/): an IPv6 tree with 24-bit
 * records, for tests of lookups.
 */
type Value = string | number | { [key: string]: Value };

/** `entries`: networks such as `203.0.113.0/24` or `2001:db8::/32`, and the record of each. */
export function makeMmdb(entries: Record<string, Value>, databaseType = 'GeoLite2-City'): Buffer {
  const nodes: Array<[Link, Link]> = [[null, null]];
  const data: Buffer[] = [];
  let size = 0;
  for (const [network, record] of Object.entries(entries)) {
    const bytes = encode(record);
    insert(nodes, bitsOf(network), { offset: size });
    data.push(bytes);
    size += bytes.length;
  }
  const tree = Buffer.alloc(nodes.length * 6);
  nodes.forEach((node, at) => {
    node.forEach((link, side) => {
      tree.writeUIntBE(recordOf(link, nodes.length), at * 6 + side * 3, 3);
    });
  });
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_760_000_000,
    database_type: databaseType,
    description: { en: 'test' },
    ip_version: 6,
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]);
}

type Link = number | { offset: number } | null;

function recordOf(link: Link, nodeCount: number): number {
  if (link === null) return nodeCount;
  return typeof link === 'number' ? link : nodeCount + 16 + link.offset;
}

function insert(nodes: Array<[Link, Link]>, bits: number[], leaf: Link): void {
  let at = 0;
  bits.forEach((bit, depth) => {
    const node = nodes[at] ?? [null, null];
    const side = bit === 1 ? 1 : 0;
    if (depth === bits.length - 1) {
      node[side] = leaf;
      return;
    }
    const next = node[side];
    at = typeof next === 'number' ? next : nodes.push([null, null]) - 1;
    node[side] = at;
  });
}

/** The bits of a network's prefix; IPv4 networks are in the first 32 bits below ::/96. */
function bitsOf(network: string): number[] {
  const [address = '', prefix = '0'] = network.split('/');
  const isV4 = address.includes('.');
  const bytes = isV4
    ? [...new Array(12).fill(0), ...address.split('.').map(Number)]
    : groupsOf(address).flatMap((group) => [group >> 8, group & 255]);
  const all = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
  return all.slice(0, Number(prefix) + (isV4 ? 96 : 0));
}

function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const parse = (part: string) =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail)];
  return [...first, ...new Array(8 - first.length - last.length).fill(0), ...last];
}

const [STRING, UINT32, MAP] = [2, 6, 7];

function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(STRING, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(UINT32, 4), bytes]);
  }
  const pairs = Object.entries(value).flatMap(([key, item]) => [encode(key), encode(item)]);
  return Buffer.concat([control(MAP, pairs.length / 2), ...pairs]);
}

function control(type: number, size: number): Buffer {
  if (size < 29) return Buffer.from([(type << 5) | size]);
  return Buffer.from([(type << 5) | 29, size - 29]);
}
