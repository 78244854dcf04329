import { AppError } from '@/lib/platform/errors';
import { publicEdge } from './handle-public';

/** The exports of a route file for names that nothing has: 404 in the envelope, whatever the method. */
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
