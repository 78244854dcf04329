import { HELD_KINDS, type HeldCounts, type HeldKind } from '@/lib/identity/model/held';
import { toPreviewResponse } from '@/lib/preview/contract';
import { preview } from '@/lib/preview/service';
import { type Io, printResult } from './output';

/** For commands that change identities. */
export const DRY_RUN = ['--dry-run', 'show what would change, and change nothing'] as const;

type Options = { dryRun?: boolean; json?: boolean };

/** Does `work` and prints its result; in a dry run, what it would change and end, as the admin API returns it. */
export async function printChange<T>(
  io: Io,
  projectId: string,
  { dryRun, json }: Options,
  work: () => Promise<T>,
  print: (result: T) => void,
): Promise<void> {
  if (dryRun !== true) return print(await work());
  const response = toPreviewResponse(await preview(projectId, work), true);
  printResult(io, json, response, [
    'Dry run: nothing is changed.',
    ...response.changes.flatMap(({ type, identity_id, changes }) => [
      '',
      [type, identity_id].filter(Boolean).join(' '),
      ...changes.map(
        ({ pointer, before, after }) => `  ${pointer}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
      ),
    ]),
    ...(response.changes.length === 0 ? ['', 'Nothing would change.'] : []),
    ...endLines(response.ends),
  ]);
}

const NAMES: Record<HeldKind, [one: string, many: string]> = {
  sessions: ['session', 'sessions'],
  passkeys: ['passkey', 'passkeys'],
  recovery_codes: ['recovery code', 'recovery codes'],
  codes: ['pending code', 'pending codes'],
  links: ['pending link', 'pending links'],
  ceremonies: ['ceremony in progress', 'ceremonies in progress'],
  addresses: ['address', 'addresses'],
};

function endLines(ends: HeldCounts): string[] {
  const counted = HELD_KINDS.filter((kind) => ends[kind] > 0);
  const text = counted.map((kind) => `${ends[kind]} ${NAMES[kind][ends[kind] === 1 ? 0 : 1]}`);
  return text.length === 0 ? [] : ['', `Would end or be deleted: ${text.join(', ')}.`];
}
