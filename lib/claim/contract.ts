import { z } from 'zod';
import { CLAIM_SCOPES } from './model';

/** The stored form of a project's rules. */
export const claimRules = z.array(
  z.object({ claim: z.string(), scope: z.enum(CLAIM_SCOPES), pointer: z.string().nullable() }),
);
