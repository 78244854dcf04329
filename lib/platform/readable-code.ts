import { toWesternDigits } from './text';

/** Crockford's base 32: without I, L, O and U, which are easily misread. */
export const READABLE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALLOWED = new RegExp(`^[${READABLE_ALPHABET}]*$`);

/** In groups of four, for reading and typing: `7K3M-9QXW`. */
export function formatReadableCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/**
 * The characters of a typed or pasted code, or null. Accepts any case, spaces and dashes, O for 0, I and L for 1.
 */
export function toReadableCode(typed: string, length: number): string | null {
  const characters = toWesternDigits(typed.slice(0, 200).normalize('NFKC'))
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return characters.length === length && ALLOWED.test(characters) ? characters : null;
}
