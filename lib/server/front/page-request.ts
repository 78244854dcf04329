import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { AppError } from '@/lib/platform/errors';

/** Next's limit for the body of an action. */
const MAX_ACTION_BYTES = 1024 * 1024;
const ACTION_ID = /^[\da-f]{42}$/;
const MULTIPART = /^multipart\//i;
/** RFC 7578 §4.1 with a boundary by RFC 2046 §5.1.1. */
const FORM =
  /^multipart\/form-data\s*;\s*(?:charset=[\w-]+\s*;\s*)?boundary=(?:"[^"]{1,70}"|[\w'()+,\-./:=?]{1,70})\s*$/i;
const TEXT = /^text\/plain(?:\s*;\s*charset=utf-8)?\s*$/i;

/**
 * Refuses client errors that Next would answer with 500. An unreadable router state, such as a stale browser sends, is
 * dropped: the client then gets the whole page. Refuses: `not_found`, `invalid_input`, `unsupported_media_type`,
 * `payload_too_large`.
 */
export function checkPageRequest({ method, headers }: IncomingMessage, path: string): void {
  // Next's internal pages always return 500.
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
  if (action === undefined && !MULTIPART.test(type)) return; // to a route, or to a page that renders as for GET
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
