import { cliActor } from '@/lib/platform/actor';
import { closeDb, db } from '@/lib/platform/db/client';
import { createProject, deleteProject, finishDeletion } from '@/lib/project/service';
import { MAX_BATCH_SIZE } from '@/lib/transfer/model';
import { exportLines, importLines } from '@/lib/transfer/service';
import { measure } from './measure';
import { PROJECT } from './seed';

/**
 * Exports the seeded project, imports its identities into a second one and deletes that one. Writes
 * `name → [CPU milliseconds, milliseconds, longest event-loop block]` as JSON.
 */
const first = await (await db()).project.findFirstOrThrow({ where: { id: PROJECT } });
const input = { name: 'Copy', slug: 'copy', origin: '' };
const copy = await createProject(cliActor(PROJECT), first.organizationId, input);
const actor = cliActor(copy.id);
const pieces: string[] = [];

/** JSON Lines of other people: without the IDs of the export. */
async function* newPeople(): AsyncGenerator<string> {
  for (const text of pieces) yield text.replaceAll(/"id":"[0-9a-f-]{36}",?/g, '');
}

async function exportAll(): Promise<void> {
  for await (const { text } of exportLines(PROJECT, { hasPasskeys: false })) pieces.push(text);
}

async function importAll(): Promise<void> {
  const { refused } = await importLines(actor, copy, {
    input: newPeople(),
    name: 'export',
    batchSize: MAX_BATCH_SIZE,
  });
  if (refused[0]) throw new Error(refused[0].reason);
}

async function deleteAll(): Promise<void> {
  await deleteProject(actor);
  await finishDeletion(copy.id);
}

console.log(
  JSON.stringify({
    Export: await measure(exportAll),
    Import: await measure(importAll),
    'Deletion of the project': await measure(deleteAll),
  }),
);
await closeDb();
