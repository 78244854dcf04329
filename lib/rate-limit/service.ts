export { rateLimitJobs } from './service/jobs';
export { checkLimits, consumeLimits, count, isFull, purgeRateLimits } from './service/limits';
export { acquire, availability, release } from './service/permit';
