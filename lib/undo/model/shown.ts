/** An undo as a page shows it: values in words, null where there is none. */
export type ShownChange = { name: string; now: string | null; restored: string | null };

/** A field that a later change touched. `href`: the page of that event, or null if it is not recorded. */
export type ShownConflict = {
  name: string;
  before: string | null;
  after: string | null;
  now: string | null;
  href: string | null;
};

/** Why a change was not undone. */
export type ShownRefusal = { sentence: string; conflicts: ShownConflict[] };

export type UndoPreview =
  | { refusal: ShownRefusal }
  | {
      refusal: null;
      changes: ShownChange[];
      /** What else it does, or does not do. */
      notes: string[];
    };

/** `undo`: the event of the undo, to undo it in turn. */
export type UndoOutcome = { refusal: ShownRefusal } | { refusal: null; undo: string | null };
