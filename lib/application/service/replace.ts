import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { invalidInput } from '@/lib/platform/input';
import type { Application, ApplicationKind, ApplicationSettings } from '../model';
import type { WriteOptions } from './change';
import { disableApplication, type EndsOfApplication, enableApplication } from './disable';
import { getApplication } from './get';
import { updateApplication } from './update';

export type Replacement = ApplicationSettings & {
  kind: ApplicationKind;
  /** Absent: as it is. */
  disabled?: boolean | undefined;
};

/**
 * Replaces all settings of an application, and disables or enables it. Its kind stays: a secret would leak or be missing.
 * Refuses as `updateApplication`; `invalid_input` for another kind.
 */
export async function replaceApplication(
  actor: Actor,
  clientId: string,
  { kind, disabled, ...settings }: Replacement,
  ends: EndsOfApplication,
  options: WriteOptions = {},
): Promise<Application> {
  return transaction(async (tx) => {
    const before = await getApplication(actor.projectId, clientId, tx);
    if (kind !== before.kind)
      throw invalidInput(
        'application_type and token_endpoint_auth_method cannot be changed; create another application',
      );
    const updated = await updateApplication(actor, clientId, settings, { ...options, tx });
    if (disabled === undefined) return updated;
    return disabled ? disableApplication(actor, clientId, ends, { tx }) : enableApplication(actor, clientId, { tx });
  }, options.tx);
}
