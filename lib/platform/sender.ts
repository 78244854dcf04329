import addressparser from 'nodemailer/lib/addressparser/index.js';
import { isAddress, normalizeAddress, withAsciiDomain } from './address';

const MAX_SENDER_LENGTH = 500;
const MAX_SENDER_NAME = 100;
/** RFC 5322 §3.2.3: characters that a display name contains only between quotes. */
const SPECIAL = /[@,;:<>\\"]/;

/**
 * The parts of `Name <address>`, `"Name" <address>` or an address alone, its domain as A-labels; null for anything
 * else, especially two addresses. Nodemailer parses it, as it does for the mail itself, but leniently (a comment, a
 * group, words after the address): its result must serialize to the same text.
 */
export function readSender(given: string): { name: string; address: string } | null {
  const text = given.trim();
  if (text.length > MAX_SENDER_LENGTH || /\p{Cc}/u.test(text)) return null;
  const [sender, ...others] = addressparser(text);
  if (!sender || others.length > 0 || !('address' in sender)) return null;
  const { address } = sender;
  const name = sender.name.trim();
  if (name.length > MAX_SENDER_NAME || /[\\"]/.test(name)) return null;
  const forms = name === '' ? [address] : [`"${name}"<${address}>`];
  if (name !== '' && !SPECIAL.test(name)) forms.push(`${name}<${address}>`);
  if (!forms.some((form) => withoutSpaces(form) === withoutSpaces(text))) return null;
  return isAddress(normalizeAddress(address)) ? { name, address: withAsciiDomain(address) } : null;
}

function withoutSpaces(text: string): string {
  return text.replaceAll(' ', '');
}

/** RFC 1123 §2.1, in lower case. */
const HOST_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * The domain of a sender as A-labels, or null when it is not a host name. Not parsed as a URL's host, which mail
 * servers read differently: `acme.example/x`, `acme%2eexample`.
 */
export function senderDomain(sender: string): string | null {
  const domain = readSender(sender)?.address.split('@').at(-1)?.toLowerCase() ?? '';
  return HOST_NAME.test(domain) ? domain : null;
}
