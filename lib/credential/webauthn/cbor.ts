import { decodeFirst } from 'cborg';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Decodes the first CBOR item and returns the remaining bytes. Throws on constructs outside CTAP2 canonical form (CTAP
 * 2.2 §8): tags, indefinite lengths, duplicate keys, lengths beyond the end. Non-minimal integers and lengths are
 * accepted.
 */
export function decodeItem(bytes: Bytes): { item: unknown; rest: Bytes } {
  const [item, rest] = decodeFirst(bytes, { useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false });
  return { item, rest: copy(rest) };
}

/** As `decodeItem`, but throws if bytes follow. */
export function decodeOnly(bytes: Bytes): unknown {
  const { item, rest } = decodeItem(bytes);
  if (rest.length > 0) throw new Error('Bytes follow the item');
  return item;
}

export function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
