import { findRegistration, type RegistrationOffer, register } from '@/lib/invitation/service';
import { AppError } from '@/lib/platform/errors';
import type { Json, JsonObject } from '@/lib/platform/json';
import { setAt } from '@/lib/platform/json';
import { getProject } from '@/lib/project/service';
import { validateTraits } from '@/lib/schema/service';
import type { SignInBrowser } from '@/lib/session/model/alert';
import type { FilledField, PendingRegistration, Verification } from '../model';
import * as rows from '../repository';
import { consume } from './consume';
import type { ClientContext } from './issue';
import { completeSignIn, findHolder, type SignedIn } from './sign-in';

/** The further traits to ask of this browser, which has proven an address. Null if there is no such step (any more). */
export async function findPendingRegistration(
  projectId: string,
  browserHash: string | null,
): Promise<PendingRegistration | null> {
  const step = await findStep(projectId, browserHash);
  return (
    step && {
      address: step.pending.address,
      schemaId: step.registration.schema.schemaId,
      fields: step.registration.fields,
      returnTo: step.pending.returnTo,
    }
  );
}

/**
 * Creates the identity with the submitted traits, and signs in. Input that violates the schema consumes nothing.
 * Refuses: `invalid_traits` with violations, `link_used_or_expired` after the step has expired,
 * `invitation_used_or_expired`.
 */
export async function finishRegistration(
  client: ClientContext,
  { browserHash, filled, ...signInBrowser }: SignInBrowser & { browserHash: string | null; filled: FilledField[] },
): Promise<SignedIn> {
  const step = await findStep(client.projectId, browserHash);
  if (!step) throw new AppError('link_used_or_expired');
  const { project, pending, registration } = step;
  const traits = toTraits(registration, pending.address, filled);
  validateTraits(registration.schema, traits);
  const proven = { verification: pending, method: 'link' as const };
  return consume(proven, async (tx) => {
    const holder = await findHolder(tx, proven);
    const identity = holder ?? (await register(tx, client, project, pending.address, traits));
    return completeSignIn(
      tx,
      client,
      project,
      identity,
      { verification: pending, method: methodOf(pending) },
      signInBrowser,
    );
  });
}

async function findStep(projectId: string, browserHash: string | null) {
  if (!browserHash) return null;
  const pending = await rows.findPending({ projectId, purpose: 'registration', browserHash }, new Date());
  if (!pending) return null;
  const project = await getProject(projectId);
  const registration = await findRegistration(project, pending.address);
  return registration && { project, pending, registration };
}

/** Only requested fields count. */
function toTraits({ addressPath, fields }: RegistrationOffer, address: string, filled: FilledField[]): JsonObject {
  const values = new Map<string, Json>(filled.map(({ pointer, value }) => [pointer, value]));
  const own = fields.reduce<JsonObject>((traits, { pointer, path }) => {
    const value = values.get(pointer) ?? null;
    return value === null ? traits : setAt(traits, path, value);
  }, {});
  return setAt(own, addressPath, address);
}

/** The method that proved the address. */
function methodOf({ codeHash }: Verification): 'code' | 'link' {
  return codeHash === null ? 'link' : 'code';
}
