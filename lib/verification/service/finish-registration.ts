import { findRegistration, type RegistrationOffer, register } from '@/lib/invitation/service';
import { AppError } from '@/lib/platform/errors';
import type { Json, JsonObject } from '@/lib/platform/json';
import { setAt } from '@/lib/platform/json';
import { getProject } from '@/lib/project/service';
import { validateTraits } from '@/lib/schema/service';
import type { FilledField, PendingRegistration, Verification } from '../model';
import * as rows from '../repository';
import { anonymousActor, consume } from './consume';
import type { ClientContext } from './issue';
import { completeSignIn, findHolder, type SignedIn, type SignInBrowser } from './sign-in';

/** What this browser, which has proven an address, is still to be asked for. Null when there is nothing (any more). */
export async function findPendingRegistration(
  projectId: string,
  browserHash: string | null,
): Promise<PendingRegistration | null> {
  const step = await findStep(projectId, browserHash);
  return step && { address: step.pending.address, fields: step.registration.fields, returnTo: step.pending.returnTo };
}

/**
 * Makes the identity with what was filled in, and signs in to it. What does not fit the schema uses nothing up.
 * Refuses: `invalid_traits` with violations, `link_used_or_expired` when the step is over, `invitation_used_or_expired`.
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
    const identity = holder ?? (await register(tx, anonymousActor(client), project, pending.address, traits));
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

/** Only what the form asks for counts. */
function toTraits({ addressPath, fields }: RegistrationOffer, address: string, filled: FilledField[]): JsonObject {
  const values = new Map<string, Json>(filled.map(({ pointer, value }) => [pointer, value]));
  const own = fields.reduce<JsonObject>((traits, { pointer, path }) => {
    const value = values.get(pointer) ?? null;
    return value === null ? traits : setAt(traits, path, value);
  }, {});
  return setAt(own, addressPath, address);
}

/** How the address was proven. */
function methodOf({ codeHash }: Verification): 'code' | 'link' {
  return codeHash === null ? 'link' : 'code';
}
