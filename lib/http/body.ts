import { AppError, isAppError } from '@/lib/platform/errors';
import type { ApiRequest } from './request';

/**
 * Reads at most `limit` bytes of a body as UTF-8 text. Throws `payload_too_large`, or `invalid_input` for other bytes.
 */
export async function readText(request: ApiRequest, limit: number): Promise<string> {
  refuseCompressed(request);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const bytes = await readBytes(request, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'The body is not valid UTF-8', cause });
  }
}

/** Refuses: `unsupported_media_type`. A small compressed body may be a large one. */
export function refuseCompressed(request: ApiRequest): void {
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity')
    throw new AppError('unsupported_media_type', { reason: 'Compressed bodies are not accepted' });
}

async function readBytes(request: ApiRequest, limit: number): Promise<Uint8Array> {
  const arrived = request.takeArrived?.();
  if (arrived) {
    if (arrived.byteLength > limit) throw tooLarge(limit);
    return arrived;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    // The client disconnected: a client error, and not worth a log line.
    throw new AppError('invalid_input', { reason: 'The body is incomplete', cause });
  }
  return Buffer.concat(chunks);
}

/** The media type without parameters, in lower case; empty when absent. */
export function mediaType(request: ApiRequest): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function tooLarge(limit: number): AppError {
  return new AppError('payload_too_large', { reason: `The body exceeds ${limit} bytes` });
}
