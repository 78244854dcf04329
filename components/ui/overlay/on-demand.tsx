'use client';

import { type ComponentType, useEffect, useEffectEvent, useReducer } from 'react';

/** Code that is not part of the page. `loaded` is set before `load` resolves; after a failure `load` tries again. */
export class OnDemand<Module> {
  loaded: Module | undefined;
  private loading: Promise<Module> | undefined;

  constructor(private readonly request: () => Promise<Module>) {}

  load(): Promise<Module> {
    this.loading ??= this.request().then(
      (module) => {
        this.loaded = module;
        return module;
      },
      (error) => {
        this.loading = undefined;
        throw error;
      },
    );
    return this.loading;
  }
}

/** Loads code on the person's first move on this page, which comes before the click that needs it. */
export function useOnFirstMove(code: OnDemand<unknown>): void {
  useEffect(() => onFirstMove(() => void code.load().catch(() => undefined)), [code]); // the click tries again
}

export type Overlay = { isOpen?: boolean; onOpenChange: (isOpen: boolean) => void };

/** An overlay that loads on demand. If it cannot be loaded, it closes. */
export function overlayOnDemand<Module, Props extends Overlay>(
  code: OnDemand<Module>,
  of: (module: Module) => ComponentType<Props>,
): ComponentType<Props> {
  return function LoadingOverlay(props: Props) {
    const [, render] = useReducer((count: number) => count + 1, 0);
    const close = useEffectEvent(() => props.onOpenChange(false));
    const { loaded } = code;
    const isMissing = props.isOpen !== false && !loaded;
    useOnFirstMove(code);
    useEffect(() => {
      if (!isMissing) return;
      let isWanted = true;
      code.load().then(
        () => isWanted && render(),
        () => isWanted && close(),
      );
      return () => {
        isWanted = false;
      };
    }, [isMissing]);
    if (!loaded) return null;
    const Loaded = of(loaded);
    return <Loaded {...props} />;
  };
}

const MOVES = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
const waiting = new Set<() => void>();
let hasMoved = false;

function onFirstMove(run: () => void): () => void {
  if (hasMoved) run();
  else {
    if (waiting.size === 0) for (const type of MOVES) document.addEventListener(type, runAll, { capture: true });
    waiting.add(run);
  }
  return () => waiting.delete(run);
}

function runAll(): void {
  hasMoved = true;
  for (const type of MOVES) document.removeEventListener(type, runAll, { capture: true });
  for (const run of waiting) run();
  waiting.clear();
}
