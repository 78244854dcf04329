'use client';

import { atFields, violationsOf } from '@/components/application/settings-message';
import { useEditForm } from '@/components/edit/use-edit-form';
import type { ApplicationKind, ApplicationSettings } from '@/lib/application/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { isSameJson } from '@/lib/platform/json';

export type ApplicationForm = {
  clientId: string;
  kind: ApplicationKind;
  saved: ApplicationSettings;
  mayEdit: boolean;
  change: (input: {
    clientId: string;
    base: Partial<ApplicationSettings>;
    mine: Partial<ApplicationSettings>;
  }) => Promise<ActionResult<ApplicationSettings>>;
};

/** A form over some of an application's settings. Sends edited fields with the values they had. */
export function useApplicationForm(
  { clientId, kind, saved, change }: ApplicationForm,
  names: ReadonlyArray<keyof ApplicationSettings>,
) {
  return useEditForm(
    saved,
    async ({ base, mine }) => {
      const wanted: Partial<ApplicationSettings> = {};
      for (const name of names) if (!isSameJson(mine[name], base[name])) Object.assign(wanted, { [name]: mine[name] });
      const result = await change({ clientId, base, mine: wanted });
      if (result.ok) return result;
      const { violations } = result.error;
      return violations ? { ok: false, error: { ...result.error, violations: atFields(violations, wanted) } } : result;
    },
    {
      validate: ({ mine }) =>
        violationsOf(kind, mine).filter(({ pointer }) => names.some((name) => pointer === `/${name}`)),
    },
  );
}
