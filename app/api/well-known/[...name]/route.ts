import { notFound } from '@/lib/api/not-found';

/**
 * All other well-known names. Clients must be able to detect that they are missing (W3C "Detecting the reliability of
 * HTTP status codes" §2).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFound;
