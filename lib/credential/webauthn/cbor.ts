import { decodeFirst } from 'cborg';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The first item of CBOR and what follows it. Refuses what CTAP2's canonical form (CTAP 2.2 §8) knows no use for: tags,
 * indefinite lengths, duplicate keys, lengths beyond the end. An integer or length of more bytes than needed passes.
 */
export function decodeItem(bytes: Bytes): { item: unknown; rest: Bytes } {
  const [item, rest] = decodeFirst(bytes, { useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false });
  return { item, rest: copy(rest) };
}

/** As `decodeItem`, when nothing may follow. */
export function decodeOnly(bytes: Bytes): unknown {
  const { item, rest } = decodeItem(bytes);
  if (rest.length > 0) throw new Error('Bytes follow the item');
  return item;
}

export function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
