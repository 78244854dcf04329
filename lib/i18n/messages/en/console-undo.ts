/** The console: undoing a change of a user. */
export const consoleUndo = {
  label: 'Undo: {event}',
  title: 'Undo this change?',
  impossible: 'This change cannot be undone',
  restored: 'After undoing',
  passkeyName: 'Name of the passkey',
  undone: 'Undone',
  reasons: {
    conflict: 'A later change touched the same {count, plural, one {field} other {fields}}. Undo that one first.',
    kind: 'Changes of this kind are final.',
    erased: 'Its values were erased.',
    undone: 'It was already undone.',
    unchanged: 'Every field already has its earlier value.',
    gone: 'What it changed no longer exists.',
    taken: '{value} now belongs to another user.',
    schema: 'The schema does not allow the earlier values: {fields}.',
  },
  notes: {
    unverified: '{email} stays unverified until it is confirmed again.',
    notified: 'The old and the new address are notified by email.',
    active: 'They can sign in again. Earlier sessions, codes and links remain revoked.',
    inactive:
      '{sessions, plural, =0 {They can no longer sign in.} one {This ends one session, and they can no longer sign in.} other {This ends # sessions, and they can no longer sign in.}}',
  },
} as const;
