import { JSON_TEXT, textPerOrigin } from '@/lib/api/public-text';
import { toServerMetadata } from '@/lib/token/contract';

/** The issuer is the project's origin, however the request spelled its host. */
export const metadataOf = textPerOrigin('server-metadata', JSON_TEXT, (origin) =>
  JSON.stringify(toServerMetadata(origin)),
);
