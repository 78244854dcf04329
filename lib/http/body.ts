import { AppError } from '@/lib/platform/errors';

/** Reads at most `limit` bytes of a body as UTF-8 text. Throws `payload_too_large`, or `invalid_input` for other bytes. */
export async function readText(request: Request, limit: number): Promise<string> {
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media_type', { reason: 'Compressed bodies are not accepted' });
  }
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'The body is not valid UTF-8', cause });
  }
}

/** The media type without its parameters, lower-case; empty when absent. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function tooLarge(limit: number): AppError {
  return new AppError('payload_too_large', { reason: `The body is larger than ${limit} bytes` });
}
