/** The shared style of dialogs; the viewport scrolls, so that nothing is cut off at 400 % zoom. */
export const SCRIM_STYLE = 'dialog-layer fade-in fixed inset-0 min-h-dvh bg-scrim';
export const VIEWPORT_STYLE = 'dialog-layer fixed inset-0 grid place-items-center overflow-y-auto p-4';
export const POPUP_STYLE =
  'float-in relative flex w-full max-w-[28rem] min-w-0 data-wide:max-w-[44rem] flex-col gap-4 rounded-lg border border-line bg-raised p-6 text-ink shadow-float outline-none';
export const TITLE_STYLE = 'text-base font-semibold wrap-anywhere';
export const ACTIONS_STYLE = 'flex flex-wrap justify-end gap-3';
