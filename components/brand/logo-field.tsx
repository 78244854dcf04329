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
import type { Violation } from '@/lib/platform/errors';

type Words = Record<'label' | 'help' | 'choose' | 'replace' | 'remove' | 'saved' | 'removed', string>;
type Props = {
  words: Words;
  /** What the violation says of the file. */
  faultOf: (violation: Omit<Violation, 'message'>) => string;
  /** Where a heading says the same as the label. */
  isLabelHidden?: boolean;
  mayEdit: boolean;
  /** Null without a logo. */
  src: string | null;
  set: (picture: { base64: string }) => Promise<ActionResult<unknown>>;
  remove: () => Promise<ActionResult<unknown>>;
};

const ID = 'field-logo';

/** A logo, stored as soon as it is chosen. */
export function LogoField({ words, faultOf, isLabelHidden = false, mayEdit, src, set, remove }: Props) {
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
    if (file.size > MAX_PICTURE_BYTES) return setFault(faultOf({ pointer: '/logo', keyword: 'size' }));
    if (!pictureMediaType(bytes)) return setFault(faultOf({ pointer: '/logo', keyword: 'format' }));
    settle(await run(() => set({ base64: toBase64(bytes) })), words.saved);
  };
  const erase = async () => {
    setFault(undefined);
    settle(await run(remove), words.removed);
  };
  const settle = (result: Awaited<ReturnType<typeof run>>, done: string) => {
    if (result?.ok) {
      toast({ text: done });
      router.refresh();
    } else if (result) {
      const [refused] = refusalViolations(result.error);
      if (!refused) return;
      setFailure(undefined);
      setFault(faultOf(refused));
    }
  };
  return (
    <div className="flex max-w-text flex-col items-start gap-2">
      <label htmlFor={ID} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {words.label}
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
            {src ? words.replace : words.choose}
          </Button>
          {src && (
            <Button variant="quiet" icon={<Trash2 size={16} aria-hidden />} onClick={erase} isPending={isPending}>
              {words.remove}
            </Button>
          )}
        </div>
      )}
      <FieldNotes id={ID} help={words.help} error={fault} />
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
