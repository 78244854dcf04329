import { notFound } from '@/lib/api/not-found';

/**
 * Every other well-known name. Whoever asks for one must be able to see that it is not here (W3C "Detecting the reliability of
 * HTTP status codes" §2).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFound;
