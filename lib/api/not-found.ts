import { AppError } from '@/lib/platform/errors';
import { toResponse } from '../http/answer';
import type { ApiRequest } from '../http/request';
import { publicEdge } from './handle-public';

/** The exports of a route file for unknown paths: every method returns 404 in the error envelope. */
const handler = publicEdge(async () => {
  throw new AppError('not_found');
});
const refuse = Object.assign(async (request: ApiRequest) => toResponse(await handler(request, {})), { handler });

export const notFound = {
  GET: refuse,
  HEAD: refuse,
  POST: refuse,
  PUT: refuse,
  PATCH: refuse,
  DELETE: refuse,
  OPTIONS: refuse,
};
