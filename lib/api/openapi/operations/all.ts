import type { AdminOperations, Operations } from '../operation';
import { auditOperations } from './audit';
import { credentialOperations } from './credentials';
import { identityOperations } from './identities';
import { discoveryOperations, oauth2Operations } from './oauth2';
import { operationOperations } from './operation';
import { recoveryOperations } from './recovery';
import { schemaOperations, schemaWriteOperations } from './schemas';
import { sessionOperations } from './sessions';

const adminOperations: AdminOperations = {
  ...identityOperations,
  ...sessionOperations,
  ...credentialOperations,
  ...recoveryOperations,
  ...auditOperations,
  ...schemaWriteOperations,
};

/** Everything that the document describes, by method and public path. */
export const OPERATIONS: Operations = {
  ...(adminOperations as Operations),
  ...schemaOperations,
  ...oauth2Operations,
  ...discoveryOperations,
  ...operationOperations,
};
