import type { ParameterNote } from './route';

/** The parameters that lists have in common. */
export const PAGES: Record<string, ParameterNote> = {
  page: { description: 'Which page; the first is 0.', example: 0 },
  per_page: { description: 'How many on a page: 250 if not said, 1000 at most (more counts as 1000).', example: 100 },
};

export const KEYSET: Record<string, ParameterNote> = {
  page_size: { description: 'How many on a page, while walking by `page_token`.', example: 100 },
  page_token: { description: 'Where to go on: from the link `next` of the answer before.' },
};
