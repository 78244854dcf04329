import { notFound } from '@/lib/api/not-found';

/** Every name below /api, /admin, /oauth2, … that is no route. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFound;
