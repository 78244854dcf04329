/** Undoing a change: toasts and dialogs. */
export const undo = {
  saved: 'Changes saved.',
  done: 'The change was undone.',
  refused: 'This change was not undone',
  before: 'Before the change',
  after: 'After the change',
  now: 'Now',
  notSet: 'Not set',
  laterChange: 'Show the later change',
} as const;
