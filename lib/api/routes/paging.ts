import type { ParameterNote } from './route';

/** The parameters that all lists share. */
export const PAGES: Record<string, ParameterNote> = {
  page: { description: 'Page number, starting at 0.', example: 0 },
  per_page: { description: 'Page size. Default 250; values above 1000 count as 1000.', example: 100 },
};

export const KEYSET: Record<string, ParameterNote> = {
  page_size: { description: 'Page size for keyset paging; values above 1000 count as 1000.', example: 100 },
  page_token: { description: 'Position for keyset paging, from the `next` link of the previous response.' },
};
