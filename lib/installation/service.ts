export { type Adoption, adoptSecret, bindSecret, examineSecret, requireSecret } from './service/secret';
