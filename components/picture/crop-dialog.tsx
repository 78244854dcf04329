'use client';

import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/overlay/dialogs';
import type { Overlay } from '@/components/ui/overlay/on-demand';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type Crop, dragged, MAX_ZOOM, squareOf, WHOLE, zoomed } from './crop';
import { drawSection } from './encode';

export { decodeImage, encodeSection } from './encode';

type Props = Overlay & {
  image: ImageBitmap;
  save: (crop: Crop) => Promise<void>;
  isPending: boolean;
  /** Why saving failed. */
  note: ReactNode;
};

/** Pixels of the canvas, for a dense screen. */
const VIEW_SIDE = 576;

/** Chooses the square section: by dragging, or by sliders, which keyboards and screen readers know. */
export function CropDialog({ image, isOpen = true, onOpenChange, save, isPending, note }: Props) {
  const t = useTranslations('picture.crop');
  const common = useTranslations('common');
  const [crop, setCrop] = useState(WHOLE);
  const { side } = squareOf(image, crop);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('help')}
      closeLabel={common('close')}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button variant="primary" onClick={() => save(crop)} isPending={isPending} pendingLabel={t('saving')}>
            {t('save')}
          </Button>
        </>
      }
    >
      <View image={image} crop={crop} setCrop={setCrop} />
      <Slider
        label={t('zoom')}
        value={(crop.zoom - 1) / (MAX_ZOOM - 1)}
        onChange={(value) => setCrop(zoomed(image, crop, 1 + value * (MAX_ZOOM - 1)))}
      />
      <Slider
        label={t('horizontal')}
        value={crop.x}
        isFixed={image.width - side < 1}
        onChange={(x) => setCrop({ ...crop, x })}
      />
      <Slider
        label={t('vertical')}
        value={crop.y}
        isFixed={image.height - side < 1}
        onChange={(y) => setCrop({ ...crop, y })}
      />
      {note}
    </Dialog>
  );
}

/** The section as it will show: a circle. For the pointer only, as the sliders do the same. */
function View({ image, crop, setCrop }: { image: ImageBitmap; crop: Crop; setCrop: (crop: Crop) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    if (canvas.current) drawSection(canvas.current, image, crop, VIEW_SIDE);
  }, [image, crop]);
  const start = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, y: event.clientY };
  };
  const move = ({ clientX: x, clientY: y, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    if (!last.current) return;
    const side = currentTarget.clientWidth;
    setCrop(dragged(image, crop, { x: (x - last.current.x) / side, y: (y - last.current.y) / side }));
    last.current = { x, y };
  };
  const end = () => {
    last.current = null;
  };
  return (
    <div className="relative mx-auto w-full max-w-72 overflow-hidden rounded-md border border-line">
      <canvas
        ref={canvas}
        aria-hidden
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        className="block aspect-square w-full cursor-grab touch-none active:cursor-grabbing"
      />
      {/* Dims the corners, which the round avatars cut off. */}
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 rounded-full outline-[6rem] outline-scrim outline-solid"
      />
    </div>
  );
}

type SliderProps = { label: string; value: number; isFixed?: boolean; onChange: (value: number) => void };

/** In percent. From left to right in every script, as the image is. */
function Slider({ label, value, isFixed = false, onChange }: SliderProps) {
  const id = useId();
  const percent = Math.round(value * 100);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type="range"
        dir="ltr"
        min={0}
        max={100}
        value={percent}
        disabled={isFixed}
        aria-valuetext={`${percent} %`}
        onChange={(event) => onChange(Number(event.target.value) / 100)}
        className="h-6 w-full rounded-md disabled:opacity-60"
      />
    </div>
  );
}
