export { count, hit, isFull, peek, purgeRateLimits } from './service/hit';
export { rateLimitJobs } from './service/jobs';
export { acquire, availability, release } from './service/permit';
