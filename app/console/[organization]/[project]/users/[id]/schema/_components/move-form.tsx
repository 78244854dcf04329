'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ReasonsForm } from '@/components/schema/reasons-form';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { SelectField, type SelectOption } from '@/components/ui/form/select-field';
import { Notice } from '@/components/ui/notice';
import { Effects } from '@/components/undo/effects';
import { useUndo } from '@/components/undo/undo-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Repair } from '@/lib/schema-change/model/repair';
import type { MoveShown } from '../actions';

type Props = {
  id: string;
  schemas: SelectOption[];
  /** The user's page. */
  href: string;
  preview: (input: { id: string; schemaId: string; repairs: Repair[] }) => Promise<ActionResult<MoveShown>>;
  move: (input: { id: string; move: MoveShown['move'] }) => Promise<ActionResult<{ undo: string | null }>>;
};

/** Chooses a schema, shows what the move would change or what prevents it, and moves the user. */
export function MoveForm({ id, schemas, href, preview, move }: Props) {
  const t = useTranslations('consoleSchemaChange.move');
  const common = useTranslations('common');
  const [schemaId, setSchemaId] = useState(schemas[0]?.value ?? '');
  const [shown, setShown] = useState<MoveShown>();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const check = async (repairs: Repair[]) => {
    const result = await run(() => preview({ id, schemaId, repairs }));
    setShown(result?.ok ? result.value : undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void check([]);
  };
  return (
    <div className="flex flex-col gap-5">
      <form onSubmit={submit} className="flex max-w-text flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <SelectField
            name="schema"
            label={t('schema')}
            value={schemaId}
            onChange={({ target }) => {
              setSchemaId(target.value);
              setShown(undefined);
            }}
            options={schemas}
          />
        </div>
        <Button type="submit" isPending={isPending} pendingLabel={common('working')} waitsForHydration>
          {t('preview')}
        </Button>
      </form>
      <ActionNote failure={failure} isCancelled={isCancelled} />
      {shown && (
        <Result shown={shown}>
          {shown.faults.length === 0 ? (
            <Outcome shown={shown} id={id} href={href} move={move} />
          ) : (
            <Faults key={JSON.stringify(shown.move.repairs)} shown={shown} isPending={isPending} onCheck={check} />
          )}
        </Result>
      )}
    </div>
  );
}

function Result({ shown, children }: { shown: MoveShown; children: ReactNode }) {
  const t = useTranslations('consoleSchemaChange.move');
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each preview takes the focus
  useEffect(() => heading.current?.focus(), [shown]);
  return (
    <section aria-labelledby="move-preview" className="flex flex-col gap-4">
      <h3 id="move-preview" ref={heading} tabIndex={-1} className="font-semibold outline-none">
        {t(shown.faults.length === 0 ? 'changes' : 'refused')}
      </h3>
      {children}
    </section>
  );
}

type OutcomeProps = Pick<Props, 'id' | 'href' | 'move'> & { shown: MoveShown };

function Outcome({ shown, id, href, move }: OutcomeProps) {
  const t = useTranslations('consoleSchemaChange.move');
  const common = useTranslations('common');
  const router = useRouter();
  const { announce } = useUndo();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const apply = async () => {
    const result = await run(() => move({ id, move: shown.move }));
    if (!result?.ok) return;
    announce(t('done'), result.value.undo);
    router.push(href);
  };
  return (
    <>
      {shown.isLocked && (
        <Notice tone="warning" word={common('notice.warning')}>
          {t('locked')}
        </Notice>
      )}
      <Effects changes={shown.changes} notes={shown.notes} afterLabel={t('after')} />
      <div>
        <Button variant="primary" onClick={apply} isPending={isPending} pendingLabel={common('working')}>
          {t('apply')}
        </Button>
      </div>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </>
  );
}

type FaultsProps = { shown: MoveShown; isPending: boolean; onCheck: (repairs: Repair[]) => Promise<void> };

function Faults({ shown, isPending, onCheck }: FaultsProps) {
  const t = useTranslations('consoleSchemaChange.impact');
  const move = useTranslations('consoleSchemaChange.move');
  return (
    <div className="-mx-4 -mb-4 border-t border-line sm:-mx-5">
      <ReasonsForm
        noneText={move('none')}
        chosen={shown.move.repairs}
        reasons={shown.faults.map(({ field, message, ...fault }) => ({
          ...fault,
          label: t('repair', { field, message }),
          children: (
            <p className="font-semibold wrap-anywhere">
              <bdi>{field}</bdi>: {message}
            </p>
          ),
        }))}
        isPending={isPending}
        onCheck={onCheck}
      />
    </div>
  );
}
