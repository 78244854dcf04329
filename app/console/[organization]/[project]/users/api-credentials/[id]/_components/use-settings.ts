'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import type { ChangeCredential, Settings } from './change-credential';
import { changeOf, type Draft, type Field, faultsOf, theirsOf } from './settings-draft';

type Fault = ReturnType<typeof faultsOf>[Field] | 'nameRefused' | 'unreadable';
type Save = (input: { change: Partial<Settings>; seen: Partial<Settings> }) => ReturnType<ChangeCredential>;

/**
 * A draft over the page's values. Each field remembers its value when editing began, so that a concurrent change is
 * reported with both values, not overwritten.
 */
export function useSettings(settings: Settings, save: Save) {
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const [known, setKnown] = useState(settings);
  const [draft, setDraft] = useState<Draft>({});
  const [seen, setSeen] = useState<Partial<Settings>>({});
  const [theirs, setTheirs] = useState<Partial<Settings>>({});
  const [faults, setFaults] = useState<Partial<Record<Field, Fault>>>({});
  const [outcome, setOutcome] = useState<'saved' | 'unchanged'>();
  const [shown, setShown] = useState(fingerprint(settings));
  if (shown !== fingerprint(settings)) {
    // The page was refreshed: fields that are not being edited follow.
    setShown(fingerprint(settings));
    setKnown(settings);
  }
  const wanted = changeOf(draft, seen);
  useUnsavedChanges(Object.keys(wanted).length > 0);

  const reset = () => {
    setDraft({});
    setSeen({});
    setTheirs({});
    setFaults({});
  };
  return {
    known,
    draft,
    wanted,
    theirs,
    faults,
    outcome,
    isPending,
    failure,
    edit: (change: Draft) => {
      setOutcome(undefined);
      setDraft((before) => ({ ...before, ...change }));
      setSeen((before) => ({ ...pick(known, change), ...before }));
    },
    resolve: (field: Field, choice: 'mine' | 'theirs') => {
      const { [field]: value, ...rest } = theirs;
      setTheirs(rest);
      setKnown((before) => ({ ...before, [field]: value }));
      setSeen((before) => ({ ...before, [field]: value })); // from now on saving overwrites it knowingly
      if (choice === 'theirs') setDraft(({ [field]: _, ...kept }) => kept);
    },
    save: async (isUnreadable: boolean) => {
      const found: typeof faults = {
        ...faultsOf(wanted, new Date()),
        ...(isUnreadable && { expiresAt: 'unreadable' }),
      };
      setFaults(found);
      setOutcome(undefined);
      setFailure(undefined);
      if (Object.keys(found).length > 0) return;
      if (Object.keys(wanted).length === 0) {
        reset();
        return setOutcome('unchanged');
      }
      const result = await run(() => save({ change: wanted, seen: pick(seen, wanted) }));
      if (result?.ok) {
        setKnown(result.value);
        reset();
        return setOutcome('saved');
      }
      if (!result || !('requestId' in result.error)) return;
      const { conflicts, violations } = result.error;
      if (conflicts) setTheirs(theirsOf(conflicts));
      if (violations) setFaults(toFaults(violations));
      if (conflicts || violations) setFailure(undefined);
    },
  };
}

function fingerprint({ name, scopes, expiresAt }: Settings): string {
  return JSON.stringify([name, scopes, expiresAt]);
}

function pick(from: Partial<Settings>, keys: object): Partial<Settings> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key in keys));
}

function toFaults(violations: Array<{ pointer: string }>): Partial<Record<Field, Fault>> {
  return Object.fromEntries(
    violations.map(({ pointer }) =>
      pointer.endsWith('/expiresAt') ? ['expiresAt', 'expiresPast'] : ['name', 'nameRefused'],
    ),
  );
}
