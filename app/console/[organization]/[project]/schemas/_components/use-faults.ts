'use client';

import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { LineFault } from '@/components/ui/form/json-editor';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { TextFault } from '@/lib/platform/json-text';

/** A fault from the server; `message` is null for a text that is not JSON. */
export type ServerFault = { line: number; message: string | null };
export type Validate = (input: { text: string }) => Promise<ActionResult<{ faults: ServerFault[] }>>;

const PAUSE_MS = 500;
const NONE: ServerFault[] = [];

/**
 * The faults of a draft by line: at once where the text is not JSON, from the server a moment after the last change.
 * `refused`: the faults of the text that was submitted. `validate` null: the draft is read-only.
 */
export function useFaults(
  { text, fault }: { text: string; fault: TextFault | null },
  refused: { text: string; faults: ServerFault[] } | null,
  validate: Validate | null,
): readonly LineFault[] {
  const t = useTranslations('consoleSchemaEditor.fault');
  const [checked, setChecked] = useState<{ text: string; faults: ServerFault[] }>();
  const check = useEffectEvent(async (current: string) => {
    // Offline, the next change or the submission asks again.
    const result = await validate?.({ text: current }).catch(() => null);
    if (result?.ok) setChecked({ text: current, faults: result.value.faults });
  });
  const [begun] = useState(text);
  const isCheckable = fault === null && text !== begun;
  useEffect(() => {
    if (!isCheckable) return;
    const timer = setTimeout(() => void check(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, isCheckable]);
  const known = checked?.text === text ? checked.faults : refused?.text === text ? refused.faults : NONE;
  return useMemo(
    () =>
      fault
        ? [{ line: fault.line, message: words(t, fault) }]
        : known.map(({ line, message }) => ({ line, message: message ?? t('syntax') })),
    [fault, known, t],
  );
}

function words(t: ReturnType<typeof useTranslations<'consoleSchemaEditor.fault'>>, fault: TextFault): string {
  if (fault.kind === 'duplicate') return t('duplicate', { key: fault.key });
  return fault.kind === 'object' ? t('object') : t('syntax');
}
