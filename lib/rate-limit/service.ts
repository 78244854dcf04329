export { count, hit, isFull, peek, purgeRateLimits } from './service/hit';
export { acquire, availability, release } from './service/permit';
