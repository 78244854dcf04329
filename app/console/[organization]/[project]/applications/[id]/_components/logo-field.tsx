'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, useRef, useState } from 'react';
import { LogoImage } from '@/components/brand/project-mark';
import { refusalViolations } from '@/components/edit/refusal-violations';
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
  clientId: string;
  mayEdit: boolean;
  /** Null without a logo. */
  src: string | null;
  set: (input: { clientId: string; picture: { base64: string } }) => Promise<ActionResult<unknown>>;
  remove: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

const ID = 'field-logo';

/** The application's logo: stored as soon as it is chosen. */
export function LogoField({ clientId, mayEdit, src, set, remove }: Props) {
  const t = useTranslations('consoleApplications.logo');
  const common = useTranslations('common');
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
    if (file.size > MAX_PICTURE_BYTES) return setFault(t('size'));
    if (!pictureMediaType(bytes)) return setFault(t('format'));
    settle(await run(() => set({ clientId, picture: { base64: toBase64(bytes) } })), t('saved'));
  };
  const settle = (result: Awaited<ReturnType<typeof run>>, done: string) => {
    if (result?.ok) {
      toast({ text: done });
      router.refresh();
    } else if (result) {
      const [refused] = refusalViolations(result.error);
      if (!refused) return;
      setFailure(undefined);
      setFault(t(refused.keyword === 'size' ? 'size' : 'format'));
    }
  };
  return (
    <div className="flex max-w-text flex-col items-start gap-2">
      <label htmlFor={ID} className="sr-only">
        {t('label')}
      </label>
      {src && <LogoImage src={src} size={40} />}
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
            {t(src ? 'replace' : 'choose')}
          </Button>
          {src && (
            <Button
              variant="quiet"
              icon={<Trash2 size={16} aria-hidden />}
              onClick={async () => settle(await run(() => remove({ clientId })), t('removed'))}
              isPending={isPending}
            >
              {t('remove')}
            </Button>
          )}
        </div>
      )}
      <FieldNotes id={ID} help={t('help')} error={fault} />
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
