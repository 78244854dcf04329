import { auditOperations } from './routes/audit';
import { credentialOperations } from './routes/credentials';
import { identityOperations } from './routes/identities';
import { discoveryOperations, oauth2Operations } from './routes/oauth2';
import { operationOperations } from './routes/operations';
import { recoveryOperations } from './routes/recovery';
import type { AdminOperations, Operations } from './routes/route';
import { schemaOperations, schemaWriteOperations } from './routes/schemas';
import { sessionOperations } from './routes/sessions';

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
