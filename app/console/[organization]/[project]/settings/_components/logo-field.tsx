'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, useRef, useState } from 'react';
import { LogoImage } from '@/components/brand/project-mark';
import { refusalViolations } from '@/components/edit/refusal-violations';
import { settingMessage } from '@/components/project/setting-message';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { FieldNotes } from '@/components/ui/form/field-frame';
import { ImageUp, Trash2 } from '@/components/ui/icons';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import { MAX_PICTURE_BYTES, pictureMediaType } from '@/lib/picture/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { toBase64 } from '@/lib/platform/base64';

type Props = {
  mayEdit: boolean;
  logoHref: string | null;
  setLogo: (input: { base64: string }) => Promise<ActionResult<unknown>>;
  removeLogo: () => Promise<ActionResult<unknown>>;
};

const ID = 'field-logo';

/** The logo: stored as soon as it is chosen. */
export function LogoField({ mayEdit, logoHref, setLogo, removeLogo }: Props) {
  const t = useTranslations('consoleProjects.settings.branding');
  const common = useTranslations('common');
  const violation = useTranslations('consoleProjects.violation');
  const toast = useToast();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();

  const store = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    setFault(undefined);
    if (!file) return;
    const bytes = new Uint8Array(await file.slice(0, MAX_PICTURE_BYTES + 1).arrayBuffer());
    if (input.current) input.current.value = ''; // so that the same file can be chosen again
    if (file.size > MAX_PICTURE_BYTES) return setFault(violation('logoSize'));
    if (!pictureMediaType(bytes)) return setFault(violation('logoFormat'));
    settle(await run(() => setLogo({ base64: toBase64(bytes) })), t('logoSaved'));
  };
  const remove = async () => {
    setFault(undefined);
    settle(await run(removeLogo), t('logoRemoved'));
  };
  const settle = (result: Awaited<ReturnType<typeof run>>, done: string) => {
    if (result?.ok) {
      toast({ text: done });
      router.refresh();
    } else if (result) {
      const [refused] = refusalViolations(result.error);
      if (!refused) return;
      setFailure(undefined);
      setFault(settingMessage(violation, refused));
    }
  };
  return (
    <div className="flex max-w-text flex-col items-start gap-2">
      <label htmlFor={ID} className="text-sm font-medium">
        {t('logo')}
      </label>
      {logoHref && <LogoImage src={logoHref} size={40} />}
      {/* The native control, visually hidden: the button opens it; label, help and error refer to it. */}
      <input
        ref={input}
        id={ID}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        onChange={store}
        disabled={!mayEdit}
        tabIndex={-1}
        aria-describedby={[fault && `${ID}-error`, `${ID}-help`].filter(Boolean).join(' ')}
        className="sr-only"
      />
      {mayEdit && (
        <div className="flex flex-wrap gap-2">
          <Button
            icon={<ImageUp size={16} aria-hidden />}
            onClick={() => input.current?.click()}
            isPending={isPending}
            pendingLabel={common('working')}
            waitsForHydration
          >
            {t(logoHref ? 'replaceLogo' : 'chooseLogo')}
          </Button>
          {logoHref && (
            <Button variant="quiet" icon={<Trash2 size={16} aria-hidden />} onClick={remove} isPending={isPending}>
              {t('removeLogo')}
            </Button>
          )}
        </div>
      )}
      <FieldNotes id={ID} help={t('logoHelp')} error={fault} />
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
