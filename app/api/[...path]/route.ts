import { notFound } from '@/lib/api/not-found';

/** All unknown paths below /api, /admin, /oauth2 and the other public names. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFound;
