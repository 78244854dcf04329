'use client';

import {
  createContext,
  type FocusEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { CircleCheck, X } from '@/components/ui/icons';
import { Button } from '../button';

export type ToastContent = {
  /** What succeeded, in one sentence. Never an error. */
  text: string;
  /** Only where undo is real. */
  action?: {
    label: string;
    onSelect: () => void;
    /** How long it is shown, unless paused. */
    visibleMillis?: number;
    /** The person has reached the toast by pointer or focus: its time is paused. */
    onPause?: () => void;
  };
};

type Shown = ToastContent & { id: number };

const AddToast = createContext<((toast: ToastContent) => void) | null>(null);

/** `addToast({ text })` for something that just succeeded. */
export function useToast(): (toast: ToastContent) => void {
  const add = useContext(AddToast);
  if (!add) throw new Error('useToast needs a ToastRegion above it');
  return add;
}

const VISIBLE_MS = 6000;
const VISIBLE_WITH_ACTION_MS = 12_000;

type Props = {
  label: string;
  dismissLabel: string;
  /** Read out after a toast with an action: the key that leads to it. */
  shortcutHint: string;
  children: ReactNode;
};

/**
 * The single toast region, for success messages, at the end of the document. A polite live region announces each once;
 * hovering or focusing the list pauses the timer (WCAG 2.2.1), and so does a hidden tab. F6 moves the focus to its newest action.
 */
export function ToastRegion({ label, dismissLabel, shortcutHint, children }: Props) {
  const [toasts, setToasts] = useState<Shown[]>([]);
  const [isPaused, setPaused] = useState(false);
  const lastId = useRef(0);
  const shown = useRef(toasts);
  shown.current = toasts;
  const cameFrom = useRef<HTMLElement | null>(null);
  const add = useCallback((toast: ToastContent) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
  }, []);
  const remove = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  /** The button that closes a toast is gone with it: the focus returns to where it was, or to the content. */
  const close = (id: number) => {
    remove(id);
    const back = cameFrom.current?.isConnected ? cameFrom.current : document.getElementById('content');
    back?.focus({ preventScroll: true });
  };
  const pause = useMemo(
    () => ({
      onPointerEnter: () => setPaused(true),
      onPointerLeave: () => setPaused(false),
      onFocus: ({ currentTarget, relatedTarget }: FocusEvent) => {
        setPaused(true);
        const isOutside = relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget);
        if (isOutside) cameFrom.current = relatedTarget;
      },
      onBlur: () => setPaused(false),
    }),
    [],
  );
  useEffect(() => {
    if (isPaused) for (const { action } of shown.current) action?.onPause?.();
  }, [isPaused]);
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    // The region is at the end of the document; its actions expire.
    const enter = (event: KeyboardEvent) => {
      const buttons = [...(region.current?.querySelectorAll<HTMLElement>('[data-action]') ?? [])];
      const button = event.key === 'F6' ? (buttons.at(-1) ?? region.current?.querySelector('button')) : null;
      if (!button) return;
      event.preventDefault();
      button.focus();
    };
    document.addEventListener('keydown', enter);
    return () => document.removeEventListener('keydown', enter);
  }, []);
  const last = toasts.at(-1);
  return (
    <AddToast value={add}>
      {children}
      <p role="status" className="sr-only">
        {last?.action ? `${last.text} ${shortcutHint}` : last?.text}
      </p>
      {toasts.length > 0 && (
        <section
          ref={region}
          aria-label={label}
          aria-keyshortcuts="F6"
          {...pause}
          className="fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2"
        >
          {toasts.map((toast) => (
            <Toast
              key={toast.id}
              toast={toast}
              isPaused={isPaused}
              dismissLabel={dismissLabel}
              onEnd={remove}
              onClose={close}
            />
          ))}
        </section>
      )}
    </AddToast>
  );
}

type ToastProps = {
  toast: Shown;
  isPaused: boolean;
  dismissLabel: string;
  onEnd: (id: number) => void;
  onClose: (id: number) => void;
};

function Toast({ toast, isPaused, dismissLabel, onEnd, onClose }: ToastProps) {
  const { id, text, action } = toast;
  const visibleMillis = action ? (action.visibleMillis ?? VISIBLE_WITH_ACTION_MS) : VISIBLE_MS;
  useEffect(() => {
    if (isPaused) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        timer = setTimeout(() => onEnd(id), visibleMillis);
      }
    };
    run();
    document.addEventListener('visibilitychange', run);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [id, visibleMillis, isPaused, onEnd]);
  return (
    <div className="flex w-full max-w-[28rem] items-center gap-3 rounded-lg border border-line bg-raised py-2 ps-4 pe-2 shadow-float">
      <CircleCheck size={20} className="shrink-0 text-success" aria-hidden />
      <p className="min-w-0 flex-1 py-1 text-sm wrap-anywhere">{text}</p>
      {action && (
        <Button
          size="small"
          data-action
          onClick={() => {
            action.onSelect();
            onClose(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <Button size="small" variant="quiet" aria-label={dismissLabel} onClick={() => onClose(id)}>
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}
