import { closeDb } from '@/lib/platform/db/client';
import type { JsonObject } from '@/lib/platform/json';
import { findSchema } from '@/lib/schema/service';
import type { Repair } from '@/lib/schema-change/model/repair';
import {
  finishSchemaChange,
  getSchemaChange,
  publishSchema,
  startImpact,
  undoSchemaChange,
} from '@/lib/schema-change/service';
import { measure } from './measure';
import { PROJECT } from './seed';

/**
 * Holds a draft against all identities of the seeded project, publishes it and rolls it back: once without repairs, and
 * once with one that changes the traits of each. Writes `name → [CPU milliseconds, milliseconds, longest event-loop block]`
 * as JSON.
 */
const CLI = { kind: 'cli' } as const;
const schemaId = 'default';
const document: JsonObject = (await findSchema(PROJECT, schemaId))?.document ?? {};
const repairs: Repair[] = [{ op: 'default', pointer: '/traits/nickname', value: 'none' }];

/** The same schema with another title and one more trait. */
function draftOf(title: string): JsonObject {
  const { traits, ...others } = document.properties as Record<string, JsonObject>;
  const nickname = { type: 'string', title };
  return {
    ...document,
    properties: { ...others, traits: { ...traits, properties: { ...(traits?.properties as JsonObject), nickname } } },
  };
}

async function finish({ id }: { id: string }): Promise<string> {
  await finishSchemaChange(id, new AbortController().signal);
  const change = await getSchemaChange(PROJECT, id);
  if (change.endedBy !== null || change.leftOut.people.length > 0) throw new Error(JSON.stringify(change.leftOut));
  return id;
}

const published = { plain: '', repaired: '' };
const publish = async (name: keyof typeof published, draft: { document: JsonObject; repairs: Repair[] }) => {
  published[name] = await finish(await publishSchema(CLI, PROJECT, { schemaId, ...draft }));
};
const plain = { document: draftOf('Plain'), repairs: [] };
const repaired = { document: draftOf('Repaired'), repairs };
const results = {
  Impact: await measure(async () => finish(await startImpact(CLI, PROJECT, { schemaId, ...plain }))),
  'Impact with a repair': await measure(async () => finish(await startImpact(CLI, PROJECT, { schemaId, ...repaired }))),
  Publication: await measure(() => publish('plain', plain)),
  'Roll back': await measure(async () => finish(await undoSchemaChange(CLI, PROJECT, published.plain))),
  'Publication with a repair': await measure(() => publish('repaired', repaired)),
  'Roll back of the repair': await measure(async () =>
    finish(await undoSchemaChange(CLI, PROJECT, published.repaired)),
  ),
};
console.log(JSON.stringify(results));
await closeDb();
