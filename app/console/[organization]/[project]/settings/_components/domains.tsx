'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { refusalViolations } from '@/components/edit/refusal-violations';
import { settingMessage } from '@/components/project/setting-message';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Item, ItemList } from '@/components/ui/data/item-list';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { type Domain, PrimaryDomainDialog } from './primary-domain-dialog';

type Props = {
  domains: Domain[];
  mayEdit: boolean;
  /** Owners choose the primary domain; the first project's comes from SIGNET_ORIGIN. */
  mayMakePrimary: boolean;
  isFirstProject: boolean;
  add: (input: { origin: string }) => Promise<ActionResult<{ origin: string; isWaiting: boolean }>>;
  remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
  countPasskeysLost: (input: { id: string }) => Promise<ActionResult<{ passkeys: number }>>;
  makePrimary: (input: { id: string }) => Promise<ActionResult<unknown>>;
  /** Domains pending verification. */
  children: ReactNode;
};

/** The project's domains. */
export function Domains(props: Props) {
  const { domains, mayEdit, mayMakePrimary, isFirstProject, remove } = props;
  const t = useTranslations('consoleProjects.settings.domains');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const [selected, setSelected] = useState<Domain | null>(null);
  const removeDomain = async ({ id, origin }: Domain) => {
    const result = await run(() => remove({ id }));
    if (result?.ok) toast({ text: t('removed', { origin }) });
  };
  return (
    <div className="flex max-w-text flex-col gap-5">
      {domains.length > 0 && (
        <ItemList label={t('title')}>
          {domains.map((domain) => (
            <Item
              key={domain.id}
              title={<bdi>{domain.origin}</bdi>}
              badges={domain.isPrimary && <Badge tone="success">{t('primary')}</Badge>}
              detail={domain.isPrimary ? t(isFirstProject ? 'primaryOfFirst' : 'primaryHelp') : t('otherHelp')}
              actions={
                mayEdit &&
                !domain.isPrimary && (
                  <>
                    {mayMakePrimary && (
                      <Button
                        size="small"
                        variant="quiet"
                        aria-label={t('makePrimaryLabel', { origin: domain.origin })}
                        onClick={() => setSelected(domain)}
                        waitsForHydration
                      >
                        {t('makePrimary')}
                      </Button>
                    )}
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={t('removeLabel', { origin: domain.origin })}
                      onClick={() => removeDomain(domain)}
                      isPending={isPending}
                      pendingLabel={common('working')}
                      waitsForHydration
                    >
                      {t('remove')}
                    </Button>
                  </>
                )
              }
            />
          ))}
        </ItemList>
      )}
      <ActionNote failure={failure} isCancelled={isCancelled} />
      {props.children}
      {mayEdit && <AddDomain add={props.add} />}
      {selected && (
        <PrimaryDomainDialog
          domain={selected}
          count={props.countPasskeysLost}
          makePrimary={props.makePrimary}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}

function AddDomain({ add }: Pick<Props, 'add'>) {
  const t = useTranslations('consoleProjects.settings.domains');
  const common = useTranslations('common');
  const violation = useTranslations('consoleProjects.violation');
  const toast = useToast();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [origin, setOrigin] = useState('');
  const [fault, setFault] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFault(undefined);
    const result = await run(() => add({ origin }));
    if (result?.ok) {
      setOrigin('');
      const { origin: added, isWaiting } = result.value;
      toast({ text: t(isWaiting ? 'addedWaiting' : 'added', { origin: added }) });
    } else if (result) {
      const [refused] = refusalViolations(result.error);
      if (!refused) return;
      setFailure(undefined);
      setFault(settingMessage(violation, refused));
    }
  };
  return (
    <form noValidate method="post" onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        name="origin"
        label={t('field')}
        help={t('fieldHelp')}
        placeholder="https://id.example.com"
        value={origin}
        onChange={(event) => setOrigin(event.target.value)}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={fault}
      />
      <ActionNote failure={failure} isCancelled={isCancelled} />
      <div>
        <SubmitButton variant="secondary" isPending={isPending} pendingLabel={common('working')} waitsForHydration>
          {t('add')}
        </SubmitButton>
      </div>
    </form>
  );
}
