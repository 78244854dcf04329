import { exportPeople } from '@/lib/credential/service';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import { toTransferLine } from '../contract';

/** Identities per statement. */
const PAGE_SIZE = 500;

/**
 * All identities of a project as JSON Lines, oldest first, with the number in each piece of text. Each piece is read in
 * one step, by key, so that neither memory nor the process's other work depends on the number of identities.
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
