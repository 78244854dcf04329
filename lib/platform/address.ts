import { toASCII, toUnicode } from 'tr46';

/**
 * Email addresses: the one place that decides when two are equal, and the adapter to UTS #46 (docs/decisions: "Domains
 * are compared as A-labels").
 */
const UTS46 = {
  transitionalProcessing: false, // ß is not ss (UTS #46 §4, as in browsers and registries)
  checkBidi: true,
  checkJoiners: true,
  checkHyphens: false, // registries have names with hyphens in positions 3 and 4
  useSTD3ASCIIRules: false,
};

/**
 * The stored and compared form of an identifier or address: trimmed, lower-case, composed (NFC), its domain as A-labels
 * (RFC 5890 §2.3.2.1), so that every spelling of an international domain is one address. A domain without such a form
 * is left as typed. Lower-case comes before NFC: small letters may have a composed form where capitals have none.
 */
export function normalizeAddress(value: string): string {
  return withAsciiDomain(value.trim().toLowerCase().normalize('NFC'));
}

/** The local part is unchanged. */
export function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at + 1) + asciiDomain(address.slice(at + 1));
}

/**
 * The beginning of an address in its stored form. A last label with non-ASCII letters is left out, because its A-label
 * is unknown until it is complete; `readable` is then the whole input in its own script, for the search text, which
 * contains that form too.
 */
export function normalizeAddressPrefix(value: string): { prefix: string; readable?: string } {
  const whole = normalizeAddress(value);
  const readable = toReadableAddress(whole);
  const lastLabel = Math.max(readable.lastIndexOf('@'), readable.lastIndexOf('.')) + 1;
  if (!value.includes('@') || isAscii(value) || isAscii(readable.slice(lastLabel))) return { prefix: whole };
  return { prefix: whole.slice(0, Math.max(whole.lastIndexOf('@'), whole.lastIndexOf('.')) + 1), readable };
}

/** For display: the domain in its own script. */
export function toReadableAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 0 || !domain.includes('xn--')) return address;
  const { domain: readable, error } = toUnicode(domain, UTS46);
  return error ? address : address.slice(0, at + 1) + readable;
}

const MAX_ADDRESS_OCTETS = 254;
const MAX_LOCAL_OCTETS = 64;
const MAX_LABEL_OCTETS = 63;

/**
 * Whether mail can be sent to it, and no part of it has a meaning in a mail header. Expects it normalized. At most 64
 * octets before the @, 254 in all (RFC 5321 §4.5.3.1: a path of 256 with its brackets), 63 in a label of the domain
 * (RFC 1035 §2.3.4). Non-ASCII letters before the @ are allowed (RFC 6531); their UTF-8 octets count.
 */
export function isAddress(value: string): boolean {
  return /^[^\s@\p{C}<>()[\],;:\\"]+@[^\s@\p{C}<>()[\],;:\\"]+$/u.test(value) && addressFault(value) === null;
}

/** The length of RFC 5321 §4.5.3.1 that a text with an @ exceeds, or null. Expects it normalized. */
export function addressFault(value: string): 'local' | 'domain' | 'total' | null {
  const at = value.lastIndexOf('@');
  if (octets(value) > MAX_ADDRESS_OCTETS) return 'total';
  if (at < 0) return null;
  if (octets(value.slice(0, at)) > MAX_LOCAL_OCTETS) return 'local';
  const labels = value.slice(at + 1).split('.');
  return labels.every((label) => label !== '' && octets(label) <= MAX_LABEL_OCTETS) ? null : 'domain';
}

function asciiDomain(domain: string): string {
  if (isAscii(domain) && !/xn--/i.test(domain)) return domain;
  return toASCII(domain, { ...UTS46, verifyDNSLength: false }) ?? domain;
}

function isAscii(text: string): boolean {
  return !/[\u0080-\u{10ffff}]/u.test(text);
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
