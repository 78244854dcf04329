'use client';

import { type ReactNode, useState } from 'react';
import { classes } from '@/components/ui/classes';
import { describedBy, FieldFrame, fieldId } from '@/components/ui/form/field-frame';
import { SelectOptions } from '@/components/ui/form/select-field';
import { INPUT_STYLE } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';

const UNITS = { minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES: Unit[] = ['minutes', 'hours', 'days'];

/** The largest unit that leaves a whole number. */
export function toParts(seconds: number): { amount: string; unit: Unit } {
  const unit = [...UNIT_NAMES].reverse().find((name) => seconds > 0 && seconds % UNITS[name] === 0) ?? 'minutes';
  return { amount: seconds > 0 ? String(Math.round((seconds / UNITS[unit]) * 100) / 100) : '', unit };
}

type Props = {
  name: string;
  label: string;
  help: ReactNode;
  seconds: number;
  /** 0 if it is not a number. */
  onChange: (seconds: number) => void;
  error?: string | undefined;
};

/** A duration as a number and a unit. */
export function DurationField({ name, label, help, seconds, onChange, error }: Props) {
  const t = useTranslations('consoleProjects.settings.sessions');
  const [typed, setTyped] = useState(() => toParts(seconds));
  const toSeconds = ({ amount, unit }: typeof typed) => Math.round(Number(amount) * UNITS[unit]) || 0;
  // The typed number and unit stay until the parent passes a different value.
  const shown = toSeconds(typed) === seconds ? typed : toParts(seconds);
  const change = (next: typeof typed) => {
    setTyped(next);
    onChange(toSeconds(next));
  };
  const id = fieldId(name);
  const line = error ? 'border-danger' : 'border-control';
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <div className="flex items-center gap-2.5">
        <input
          type="number"
          inputMode="numeric"
          min={1}
          step={1}
          id={id}
          name={name}
          value={shown.amount}
          onChange={(event) => change({ ...shown, amount: event.target.value })}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { help, error })}
          className={classes(INPUT_STYLE, 'max-w-28 tabular-nums', line)}
        />
        <select
          aria-label={t('unitOf', { field: label })}
          value={shown.unit}
          onChange={(event) =>
            change({ ...shown, unit: UNIT_NAMES.find((unit) => unit === event.target.value) ?? 'minutes' })
          }
          className={classes(INPUT_STYLE, 'max-w-36', line)}
        >
          <SelectOptions options={UNIT_NAMES.map((value) => ({ value, text: t(value) }))} />
        </select>
      </div>
    </FieldFrame>
  );
}
