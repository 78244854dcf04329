export { preview } from './service/run';
