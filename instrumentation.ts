export { reportRequestError as onRequestError } from '@/lib/http/outage';
