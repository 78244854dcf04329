import { AppError } from '@/lib/platform/errors';
import { publicEdge } from './handle-public';

/** The exports of a route file for unknown paths: every method returns 404 in the error envelope. */
const edge = publicEdge(async () => {
  throw new AppError('not_found');
});
const answer = (request: Request) => edge(request, {});

export const notFound = {
  GET: answer,
  HEAD: answer,
  POST: answer,
  PUT: answer,
  PATCH: answer,
  DELETE: answer,
  OPTIONS: answer,
};
