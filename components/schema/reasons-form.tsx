'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/form/select-field';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Json } from '@/lib/platform/json';
import type { Repair } from '@/lib/schema-change/model/repair';

export type ShownReason = {
  /** Unique. */
  key: string;
  label: string;
  options: Array<{ text: string; repairs: Repair[] }>;
  /** What is wrong, and with whom. */
  children: ReactNode;
};

type Props = {
  reasons: ShownReason[];
  /** What happens without a repair. */
  noneText: string;
  /** Chosen before; they are applied first. */
  chosen: Repair[];
  isPending: boolean;
  /** Why the last check was refused. */
  note?: ReactNode;
  onCheck: (repairs: Repair[]) => Promise<void>;
};

type Choice = { option: string; value: string; error?: string };

/** A repair for each reason, and the next check with all of them. */
export function ReasonsForm({ reasons, noneText, chosen, isPending, note, onCheck }: Props) {
  const t = useTranslations('consoleSchemaChange.impact');
  const common = useTranslations('common');
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const choose = (key: string, choice: Choice) => setChoices((known) => ({ ...known, [key]: choice }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const added = reasons.map((reason) => ({ reason, read: readChoice(reason, choices[reason.key]) }));
    const faulty = added.filter(({ read }) => read === null);
    for (const { reason } of faulty) {
      const { option = '', value = '' } = choices[reason.key] ?? {};
      choose(reason.key, { option, value, error: t('notJson') });
    }
    const [first] = faulty;
    if (first) return document.getElementById(`value-${first.reason.key}`)?.focus();
    const repairs = [...chosen, ...added.flatMap(({ read }) => read ?? [])];
    await onCheck(repairs);
  };
  const isChosen = Object.values(choices).some(({ option }) => option !== '');
  return (
    <form onSubmit={submit} className="flex flex-col">
      <ul className="flex flex-col divide-y divide-line">
        {reasons.map((reason) => (
          <li key={reason.key} className="flex flex-col gap-4 px-4 py-5 sm:px-5">
            {reason.children}
            <RepairChoice reason={reason} noneText={noneText} choice={choices[reason.key]} onChoose={choose} />
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-4 sm:px-5">
        <div>
          <Button
            type="submit"
            variant={isChosen ? 'primary' : 'secondary'}
            isPending={isPending}
            pendingLabel={common('working')}
            waitsForHydration
          >
            {t('recheck')}
          </Button>
        </div>
        {note}
      </div>
    </form>
  );
}

type ChoiceProps = {
  reason: ShownReason;
  noneText: string;
  choice: Choice | undefined;
  onChoose: (key: string, choice: Choice) => void;
};

function RepairChoice({ reason, noneText, choice = { option: '', value: '' }, onChoose }: ChoiceProps) {
  const t = useTranslations('consoleSchemaChange.impact');
  const { key, label, options } = reason;
  const select = (option: string) => {
    const suggested = replacedIn(options[Number(option)]?.repairs ?? []);
    onChoose(key, { option, value: option === '' || !suggested ? '' : JSON.stringify(suggested.value) });
  };
  const isWithValue = choice.option !== '' && replacedIn(options[Number(choice.option)]?.repairs ?? []) !== undefined;
  return (
    <div className="grid max-w-text gap-4 sm:grid-cols-2">
      <SelectField
        name={`repair-${key}`}
        label={label}
        value={choice.option}
        onChange={({ target }) => select(target.value)}
        options={[{ value: '', text: noneText }, ...options.map(({ text }, at) => ({ value: String(at), text }))]}
      />
      {isWithValue && (
        <TextField
          id={`value-${key}`}
          name={`value-${key}`}
          label={t('defaultValue')}
          help={t('defaultHelp')}
          value={choice.value}
          onChange={({ target }) => onChoose(key, { option: choice.option, value: target.value })}
          error={choice.error}
          spellCheck={false}
        />
      )}
    </div>
  );
}

/** The repair whose value is asked for. */
function replacedIn(repairs: Repair[]) {
  return repairs.find((repair) => repair.op === 'replace');
}

/** The repairs of a choice; null if its value is not JSON. */
function readChoice({ options }: ShownReason, choice: Choice | undefined): Repair[] | null {
  const repairs = choice && choice.option !== '' ? (options[Number(choice.option)]?.repairs ?? []) : [];
  if (!choice || !replacedIn(repairs)) return repairs;
  try {
    const value: Json = JSON.parse(choice.value);
    return repairs.map((repair) => (repair.op === 'replace' ? { ...repair, value } : repair));
  } catch {
    return null;
  }
}
