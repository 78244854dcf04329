'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { classes } from '@/components/ui/classes';
import { RadioField } from '@/components/ui/form/radio-field';
import { SelectField } from '@/components/ui/form/select-field';
import { Panel } from '@/components/ui/layout/panel';
import { useTranslations } from '@/lib/i18n/use-translations';
import {
  DELIMITERS,
  ENCODINGS,
  IMPORT_FORMATS,
  isColumnar,
  MATCHES,
  POLICIES,
  type ImportSettings as Settings,
  targetOf,
} from '@/lib/import/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { type TargetGroup, TargetSelect } from './target-select';

type Choice = Partial<
  Pick<Settings, 'format' | 'encoding' | 'delimiter' | 'schemaId' | 'match' | 'policy' | 'mapping'>
>;

type Props = {
  settings: Settings;
  schemaIds: string[];
  targets: TargetGroup[];
  id: string;
  choose: (input: { id: string; choice: Choice }) => Promise<ActionResult<{ settings: Settings }>>;
};

/** A column and its target: side by side, on a phone one below the other. */
const PAIR = 'items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-2 sm:px-5';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How the file is read. Each choice is stored at once, and the page shows what it does to the first rows. */
export function ImportSettings({ settings, schemaIds, targets, id, choose }: Props) {
  const t = useTranslations('consoleImport');
  const router = useRouter();
  const { run, failure, isCancelled } = useStepUpAction();
  const [shown, setShown] = useState(settings);
  const set = async (choice: Choice) => {
    const before = shown;
    setShown({ ...shown, ...choice, mapping: { ...shown.mapping, ...choice.mapping } });
    const outcome = await run(() => choose({ id, choice }));
    setShown(outcome?.ok ? outcome.value.settings : before);
    router.refresh();
  };
  const options = <Value extends string>(values: readonly Value[], text: (value: Value) => string) =>
    values.map((value) => ({ value, text: text(value) }));
  const { format, encoding, delimiter, schemaId, match, policy, columns } = shown;
  return (
    <>
      <ActionNote failure={failure} isCancelled={isCancelled} />
      <Panel id="file" title={t('file.title')} help={t('file.help')}>
        <div className="grid max-w-text gap-4 sm:grid-cols-2">
          <SelectField
            name="format"
            label={t('file.format')}
            value={format}
            onChange={({ target }) => set({ format: oneOf(IMPORT_FORMATS, target.value) })}
            options={options(IMPORT_FORMATS, (value) => t(`file.formats.${value}`))}
          />
          <SelectField
            name="encoding"
            label={t('file.encoding')}
            value={encoding}
            onChange={({ target }) => set({ encoding: oneOf(ENCODINGS, target.value) })}
            options={options(ENCODINGS, (value) => value.toUpperCase())}
          />
          {format === 'csv' && (
            <SelectField
              name="delimiter"
              label={t('file.delimiter')}
              value={delimiter}
              onChange={({ target }) => set({ delimiter: oneOf(DELIMITERS, target.value) })}
              options={options(DELIMITERS, (value) => t(`file.delimiters.${DELIMITER_NAMES[value]}`))}
            />
          )}
          {schemaIds.length > 1 && (
            <SelectField
              name="schema"
              label={t('file.schema')}
              value={schemaId}
              onChange={({ target }) => set({ schemaId: target.value })}
              options={options(schemaIds, (value) => value)}
            />
          )}
        </div>
      </Panel>
      {isColumnar(format) && (
        <Panel id="columns" title={t('columns.title')} help={t('columns.help')} isFlush>
          {/* A list, not a table: on a phone each target goes below its column. */}
          <div aria-hidden className={classes(PAIR, 'hidden text-xs font-medium text-muted sm:grid')}>
            <span>{t('columns.column')}</span>
            <span>{t('columns.target')}</span>
          </div>
          <ul aria-label={t('columns.title')} className="divide-y divide-line">
            {columns.map((column) => (
              <li key={column} className={classes(PAIR, 'grid')}>
                <span className="text-sm font-medium wrap-anywhere">
                  <bdi>{column}</bdi>
                </span>
                <TargetSelect
                  column={column}
                  value={targetOf(shown.mapping, column) ?? ''}
                  targets={targets}
                  onChange={(value) => set({ mapping: { [column]: value === '' ? null : value } })}
                />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel id="rules" title={t('rules.title')}>
        <div className="flex flex-col gap-5">
          <RadioField
            name="match"
            legend={t('rules.match')}
            value={match}
            onValueChange={(value) => set({ match: oneOf(MATCHES, value) })}
            options={options(MATCHES, (value) => t(`rules.matches.${value}`))}
          />
          <RadioField
            name="policy"
            legend={t('rules.policy')}
            value={policy}
            onValueChange={(value) => set({ policy: oneOf(POLICIES, value) })}
            options={options(POLICIES, (value) => t(`rules.policies.${value}`))}
            help={t('rules.mergeHelp')}
          />
        </div>
      </Panel>
    </>
  );
}

/** A value of a native control as one of its options. */
function oneOf<Value extends string>(values: readonly Value[], chosen: string): Value {
  const found = values.find((value) => value === chosen);
  if (found === undefined) throw new Error(`${chosen} is no option`);
  return found;
}
