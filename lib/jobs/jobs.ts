import { applicationSessionJobs } from '@/lib/application-session/service';
import { bulkJobs } from '@/lib/bulk/service';
import { credentialJobs } from '@/lib/credential/service';
import { grantJobs } from '@/lib/grant/service';
import { idempotencyJobs } from '@/lib/idempotency/service';
import { identityJobs } from '@/lib/identity/service';
import { importJobs } from '@/lib/import/service';
import { installationJobs } from '@/lib/installation/service';
import { invitationJobs } from '@/lib/invitation/service';
import { undoJobs } from '@/lib/job/service';
import { mailJobs } from '@/lib/mail/service';
import { pairingJobs } from '@/lib/pairing/service';
import type { Job } from '@/lib/platform/job';
import { projectJobs } from '@/lib/project/service';
import { rateLimitJobs } from '@/lib/rate-limit/service';
import { schemaChangeJobs } from '@/lib/schema-change/service';
import { sessionJobs } from '@/lib/session/service';
import { tokenJobs } from '@/lib/token/service';
import { verificationJobs } from '@/lib/verification/service';
import { webhookJobs } from '@/lib/webhook/service';

/** All jobs the worker runs. */
export const JOBS: readonly Job[] = [
  ...mailJobs,
  ...projectJobs,
  ...sessionJobs,
  ...applicationSessionJobs,
  ...verificationJobs,
  ...credentialJobs,
  ...pairingJobs,
  ...invitationJobs,
  ...rateLimitJobs,
  ...tokenJobs,
  ...grantJobs,
  ...idempotencyJobs,
  ...identityJobs,
  ...installationJobs,
  ...bulkJobs,
  ...importJobs,
  ...undoJobs,
  ...schemaChangeJobs,
  ...webhookJobs,
];
