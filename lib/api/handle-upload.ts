import type { z } from 'zod';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import type { Answer } from '../http/answer';
import { mediaType, refuseCompressed } from '../http/body';
import { type Declaration, edge, type Handler, type Input } from './handle';
import type { ScopedRoute } from './routes';

type UploadDeclaration<Query extends z.ZodType> = Pick<Declaration<z.ZodNull, Query>, 'query'> & {
  /** Accepted media types. */
  upload: readonly string[];
};
type UploadInput<Query> = Omit<Input<null, Query>, 'body'> & {
  /** The body as it arrives. The service bounds it. */
  body: AsyncIterable<Uint8Array>;
};

/**
 * A POST of the admin API whose body is a file: it is passed on as it arrives, however large. The dry run and the
 * Idempotency-Key are the handler's own, as both outlive a transaction.
 */
export function handleUpload<Route extends Extract<ScopedRoute, `POST ${string}`>, Query extends z.ZodType = z.ZodNull>(
  route: Route,
  { query, upload }: UploadDeclaration<Query>,
  serve: (input: UploadInput<z.output<Query>>) => Promise<Answer>,
): Handler<Route> {
  return edge(route, { ...(query && { query }), upload }, async (input) => {
    const { request } = input;
    refuseCompressed(request);
    const limit = env().maxImportBytes;
    if (Number(request.headers.get('content-length') ?? 0) > limit)
      throw new AppError('payload_too_large', { reason: `The body exceeds ${limit} bytes` });
    const given = mediaType(request);
    if (!upload.includes(given))
      throw new AppError('invalid_input', { reason: `The content type is "${given}"; accepted: ${upload.join(', ')}` });
    return serve({ ...input, body: request.body ?? none() });
  });
}

async function* none(): AsyncGenerator<Uint8Array> {}
