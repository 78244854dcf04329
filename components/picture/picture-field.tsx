'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, useRef, useState } from 'react';
import { refusalViolations } from '@/components/edit/refusal-violations';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { FieldNotes } from '@/components/ui/form/field-frame';
import { ImageUp, Trash2 } from '@/components/ui/icons';
import { OnDemand, overlayOnDemand, useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import { pictureMediaType } from '@/lib/picture/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { toBase64 } from '@/lib/platform/base64';
import type { Crop } from './crop';

/** Decoder, cropper and encoder: not part of the page. */
const cropper = new OnDemand(() => import('./crop-dialog'));
const CropDialog = overlayOnDemand(cropper, (loaded) => loaded.CropDialog);

/** Larger files would exhaust the memory of a phone. */
const MAX_FILE_BYTES = 20_000_000;

export type PictureActions = {
  set: (input: { base64: string }) => Promise<ActionResult<unknown>>;
  remove: () => Promise<ActionResult<unknown>>;
};

type Props = {
  /** The name without degree, for the initials. */
  name: string;
  /** Null without a picture. */
  src: string | null;
  actions: PictureActions;
};

const ID = 'field-picture';

/** A person's picture: choose a file, choose its section, save. Only the section leaves the browser, encoded again. */
export function PictureField({ name, src, actions }: Props) {
  const t = useTranslations('picture');
  const common = useTranslations('common');
  const toast = useToast();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const chooseButton = useRef<HTMLButtonElement>(null);
  const [fault, setFault] = useState<string>();
  const [chosen, setChosen] = useState<{ image: ImageBitmap; number: number }>();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  useOnFirstMove(cropper);

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    setFault(undefined);
    setFailure(undefined);
    if (!file) return;
    const start = new Uint8Array(await file.slice(0, 16).arrayBuffer());
    if (input.current) input.current.value = ''; // so that the same file can be chosen again
    if (file.size > MAX_FILE_BYTES) return setFault(t('fault.size'));
    if (!pictureMediaType(start)) return setFault(t('fault.format'));
    try {
      const { decodeImage } = await cropper.load();
      const image = await decodeImage(file);
      setChosen((before) => ({ image, number: (before?.number ?? 0) + 1 }));
      setOpen(true);
    } catch {
      setFault(t('fault.unreadable'));
    }
  };
  const save = async (crop: Crop) => {
    if (!chosen) return;
    setFailure(undefined);
    try {
      const { encodeSection } = await cropper.load();
      const base64 = toBase64(await encodeSection(chosen.image, crop));
      const result = await run(() => actions.set({ base64 }));
      if (!result) return;
      if (result.ok) settled(t('saved'));
      else if (refusalViolations(result.error).length > 0) setFailure(t('fault.encoding'));
    } catch {
      setFailure(t('fault.encoding'));
    }
  };
  const remove = async () => {
    setFault(undefined);
    const result = await run(actions.remove);
    if (!result?.ok) return;
    chooseButton.current?.focus(); // the button just pressed disappears
    settled(t('removed'));
  };
  const settled = (text: string) => {
    setOpen(false);
    toast({ text });
    router.refresh();
  };
  const note = <ActionNote failure={failure} isCancelled={isCancelled} />;
  return (
    <div className="flex max-w-text flex-wrap items-center gap-x-5 gap-y-3">
      <Avatar name={name} src={src} size="huge" />
      <div className="flex min-w-0 flex-[1_1_14rem] flex-col items-start gap-2">
        {/* The native control, visually hidden: the button opens it; label, help and error refer to it. */}
        <label htmlFor={ID} className="sr-only">
          {t('title')}
        </label>
        <input
          ref={input}
          id={ID}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          onChange={choose}
          tabIndex={-1}
          aria-describedby={[fault && `${ID}-error`, `${ID}-help`].filter(Boolean).join(' ')}
          className="sr-only"
        />
        <div className="flex flex-wrap gap-2 noscript:hidden">
          <Button
            ref={chooseButton}
            icon={<ImageUp size={16} aria-hidden />}
            onClick={() => input.current?.click()}
            waitsForHydration
          >
            {t(src ? 'replace' : 'choose')}
          </Button>
          {src && (
            <Button
              variant="quiet"
              icon={<Trash2 size={16} aria-hidden />}
              onClick={remove}
              isPending={isPending && !isOpen}
              pendingLabel={common('working')}
              waitsForHydration
            >
              {t('remove')}
            </Button>
          )}
        </div>
        <noscript>
          <p className="text-sm">{t('noScript')}</p>
        </noscript>
        <FieldNotes id={ID} help={t('formats')} error={fault} />
        {!isOpen && note}
      </div>
      {chosen && (
        <CropDialog
          key={chosen.number}
          image={chosen.image}
          isOpen={isOpen}
          onOpenChange={setOpen}
          save={save}
          isPending={isPending}
          note={note}
        />
      )}
    </div>
  );
}
