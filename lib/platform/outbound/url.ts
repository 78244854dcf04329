import { isLoopback } from '../smtp-url';

const MAX_URL_LENGTH = 2048;

/** Whether requests may go to this URL: https, or http on a loopback name; without user, password and fragment. */
export function isOutboundUrl(value: string): boolean {
  if (value.length > MAX_URL_LENGTH || !URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
