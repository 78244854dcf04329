import { exportPeople } from '@/lib/credential/service';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import { toTransferLine } from '../contract';

/** Identities per statement. */
const PAGE_SIZE = 500;

/**
 * All identities of a project as JSON Lines, oldest first, in chunks with their number of lines. Keyset pagination keeps
 * memory and blocking independent of the number of identities.
 */
export async function* exportLines(
  projectId: string,
  { hasPasskeys }: { hasPasskeys: boolean },
): AsyncGenerator<{ text: string; count: number }> {
  for (let after: string | null = null; ; ) {
    const people = await exportPeople(projectId, after, PAGE_SIZE);
    const last = people.at(-1);
    if (!last) return;
    const text = people.map((person) => `${toTransferLine(person, hasPasskeys)}\n`).join('');
    yield { text, count: people.length };
    after = last.identity.id;
    await yieldToEventLoop();
  }
}
