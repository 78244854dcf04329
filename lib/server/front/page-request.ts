import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { AppError } from '@/lib/platform/errors';

/** Next reads no larger body of an action. */
const MAX_ACTION_BYTES = 1024 * 1024;
const ACTION_ID = /^[\da-f]{42}$/;
const MULTIPART = /^multipart\//i;
/** RFC 7578 §4.1 with a boundary by RFC 2046 §5.1.1. */
const FORM =
  /^multipart\/form-data\s*;\s*(?:charset=[\w-]+\s*;\s*)?boundary=(?:"[^"]{1,70}"|[\w'()+,\-./:=?]{1,70})\s*$/i;
const TEXT = /^text\/plain(?:\s*;\s*charset=utf-8)?\s*$/i;

/**
 * What Next would answer with 500 although the client is at fault, before it looks. A router state that is not readable, as a
 * stale browser may send it, is dropped: it gets the whole page.
 * Refuses: `not_found`, `invalid_input`, `unsupported_media_type`, `payload_too_large`.
 */
export function checkPageRequest({ method, headers }: IncomingMessage, path: string): void {
  // Next's own pages; they always answer 500.
  if (path.startsWith('/_') && !path.startsWith('/_next/')) throw new AppError('not_found');
  if (!isReadableState(headers['next-router-state-tree'])) delete headers['next-router-state-tree'];
  if (headers['next-action'] === '' || method !== 'POST') delete headers['next-action'];
  if (method === 'POST') checkForm(headers);
}

function checkForm(headers: IncomingMessage['headers']): void {
  const action = headers['next-action'];
  const type = headers['content-type'] ?? '';
  if (action !== undefined && !ACTION_ID.test(String(action))) throw invalid('Next-Action is not a valid action ID');
  if (MULTIPART.test(type) && !FORM.test(type)) throw invalid('The content type is not a valid form type');
  if (action === undefined && !MULTIPART.test(type)) return; // to a route, or to a page that is shown as if it were asked for
  if (!MULTIPART.test(type) && !TEXT.test(type)) throw new AppError('unsupported_media_type');
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media_type', { reason: 'Compressed bodies are not accepted' });
  }
  if (Number(headers['content-length'] ?? 0) > MAX_ACTION_BYTES) throw new AppError('payload_too_large');
}

function isReadableState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

function invalid(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}
