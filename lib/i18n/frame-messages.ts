import type { MessagePath } from './translate';

/** What client components of any page may need: the root layout provides it. A unit test compares it with their code. */
export const FRAME_MESSAGES = [
  'common.cancel',
  'common.close',
  'common.copy',
  'common.copied',
  'common.working',
  'common.undo',
  'common.notice',
  'common.errorSummary',
  'common.failure',
  'common.notFound',
] as const satisfies MessagePath[];

/** What forms over something saved need besides. */
export const EDIT_MESSAGES = ['common.edit', 'common.conflict'] as const satisfies MessagePath[];
