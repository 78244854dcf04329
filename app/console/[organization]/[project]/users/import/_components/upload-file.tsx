'use client';

import { useRouter } from 'next/navigation';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { FieldNotes } from '@/components/ui/form/field-frame';
import { FileUp } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  /** Of the pages of imports. */
  base: string;
  /** The largest file, such as "1 GB". */
  limit: string;
};

const ID = 'field-file';

/** Uploads a file as soon as it is chosen or dropped, and opens its page. */
export function UploadFile({ base, limit }: Props) {
  const t = useTranslations('consoleImport.upload');
  const common = useTranslations('common');
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const [isOver, setOver] = useState(false);
  const upload = async (file: File | undefined) => {
    if (!file || share !== undefined) return;
    setFailure(undefined);
    setShare(0);
    const answer = await send(`${base}/upload?name=${encodeURIComponent(file.name)}`, file, setShare);
    if (input.current) input.current.value = ''; // so that the same file can be chosen again
    if (answer?.ok) return router.push(`${base}/${answer.value.id}`);
    setShare(undefined);
    setFailure(answer ? sentenceOf(answer.error) : t('failed'));
  };
  const sentenceOf = ({ reason, sentence }: Refusal['error']) => (reason ? t('refused', { reason }) : sentence);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void upload(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes(
        'flex max-w-text flex-col items-start gap-3 rounded-lg border border-dashed p-6',
        isOver ? 'border-accent bg-info-soft' : 'border-control',
      )}
    >
      <label htmlFor={ID} className="text-sm font-medium">
        {t('label')}
      </label>
      {/* The native control, visually hidden: the button opens it; label, help and error refer to it. */}
      <input
        ref={input}
        id={ID}
        type="file"
        onChange={(event) => upload(event.target.files?.[0])}
        tabIndex={-1}
        aria-describedby={[failure && `${ID}-error`, `${ID}-help`].filter(Boolean).join(' ')}
        className="sr-only"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          icon={<FileUp size={16} aria-hidden />}
          onClick={() => input.current?.click()}
          isPending={share !== undefined}
          pendingLabel={common('working')}
          waitsForHydration
        >
          {t('choose')}
        </Button>
        <span className="text-sm text-muted">{t('drop')}</span>
      </div>
      <FieldNotes id={ID} help={t('help', { size: limit })} error={failure} />
      <p role="status" className="text-sm empty:hidden">
        {share !== undefined && t('progress', { percent: Math.round(share * 100) })}
      </p>
      {share !== undefined && (
        <progress aria-label={t('label')} value={share} max={1} className="h-2 w-full accent-accent" />
      )}
    </div>
  );
}

type Refusal = { ok: false; error: { sentence: string; reason?: string } };
type Answer = { ok: true; value: { id: string } } | Refusal;

/** XMLHttpRequest, since fetch reports no progress of an upload. Null: no connection. */
function send(url: string, file: File, onProgress: (share: number) => void): Promise<Answer | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    // Steps of one percent: each one is announced.
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((loaded / total) * 100) / 100);
    request.onload = () => resolve(request.response);
    request.onerror = () => resolve(null);
    request.onabort = () => resolve(null);
    request.send(file);
  });
}
