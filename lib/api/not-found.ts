import { AppError } from '@/lib/platform/errors';
import type { ApiRequest } from '../http/request';
import { publicEdge } from './handle-public';

/** The exports of a route file for unknown paths: every method returns 404 in the error envelope. */
const edge = publicEdge(async () => {
  throw new AppError('not_found');
});
const answer = (request: ApiRequest) => edge(request, {});

export const notFound = {
  GET: answer,
  HEAD: answer,
  POST: answer,
  PUT: answer,
  PATCH: answer,
  DELETE: answer,
  OPTIONS: answer,
};
