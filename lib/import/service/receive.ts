import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { contentHasher } from '@/lib/platform/secret';
import { truncateText } from '@/lib/platform/text';
import { DEFAULT_SCHEMA_ID, getSchema } from '@/lib/schema/service';
import { type Import, type ImportOwner, type ImportSettings, MAX_UNFINISHED, NO_FINDINGS } from '../model';
import * as rows from '../repository';
import { discardImport } from './discard';
import { type Chosen, type Head, recognize } from './recognize';

/** Bytes of a stored chunk: one transaction each, between which others write. */
const CHUNK_BYTES = 256 * 1024;

export type UploadInput = {
  projectId: string;
  owner: ImportOwner;
  /** The name of the file; its folders are dropped. */
  name: string;
  body: AsyncIterable<Uint8Array>;
  schemaId?: string | undefined;
  chosen?: Chosen;
  /** Of a call with an Idempotency-Key. */
  keyHash?: string | null;
  /** Part of what the key stands for, such as the query. */
  request?: string;
};

/**
 * Stores an upload, encrypted and in chunks, and recognizes what it is. Nothing is imported yet. Refuses:
 * `payload_too_large`, `rate_limited` with too many unfinished imports, `unknown_schema`, `invalid_input` for a file
 * that is empty or incomplete.
 */
export async function receiveUpload(input: UploadInput): Promise<Import> {
  const { projectId, owner, chosen, keyHash = null } = input;
  const schema = await getSchema(projectId, input.schemaId ?? DEFAULT_SCHEMA_ID);
  if ((await rows.countUnfinished(projectId)) >= MAX_UNFINISHED)
    throw new AppError('rate_limited', {
      reason: `The project has ${MAX_UNFINISHED} unfinished imports`,
      retryAfterSeconds: 60,
    });
  const one = emptyImport(projectId, owner, toFileName(input.name));
  await rows.insertImport({ ...one, keyHash, requestHash: null });
  try {
    const { head, size, hash } = await store(one, input.body, input.request ?? '');
    const settings = await recognize(head, schema, chosen);
    await rows.updateImport(one, ['receiving'], { name: one.name, settings, size, phase: 'ready', requestHash: hash });
    return { ...one, settings, size, phase: 'ready' };
  } catch (error) {
    await discardImport(one);
    throw error;
  }
}

type Stored = { head: Head; size: number; hash: string };

async function store(one: Import, body: AsyncIterable<Uint8Array>, request: string): Promise<Stored> {
  const limit = env().maxImportBytes;
  const hash = contentHasher().update(`${request}\0`);
  const utf8 = new Utf8Check();
  let size = 0;
  let head: Uint8Array = new Uint8Array();
  let number = 0;
  for await (const bytes of chunksOf(body)) {
    size += bytes.length;
    if (size > limit) throw new AppError('payload_too_large', { reason: `The file exceeds ${limit} bytes` });
    hash.update(bytes);
    utf8.add(bytes);
    if (number === 0) head = bytes;
    await rows.insertChunk(one, { kind: 'upload', number, bytes });
    number += 1;
  }
  return { head: { bytes: head, isUtf8: utf8.isValid }, size, hash: hash.digest('base64url') };
}

/** Pieces of the same size, the last one smaller. */
async function* chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let open: Uint8Array[] = [];
  let length = 0;
  for await (const piece of withAbortedAsRefusal(body)) {
    open.push(piece);
    length += piece.length;
    if (length < CHUNK_BYTES) continue;
    yield Buffer.concat(open);
    open = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(open);
}

/** The client disconnected: a client error, and not worth a log line. */
async function* withAbortedAsRefusal(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch((cause: unknown) => {
      throw new AppError('invalid_input', { reason: 'The body is incomplete', cause });
    });
    if (next.done) return;
    yield next.value;
  }
}

/** Whether all bytes so far are UTF-8. A head alone does not say: a name with an umlaut may come late. */
class Utf8Check {
  isValid = true;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });

  add(bytes: Uint8Array): void {
    if (!this.isValid) return;
    try {
      this.#decoder.decode(bytes, { stream: true });
    } catch {
      this.isValid = false;
    }
  }
}

/** The last part of a path, without characters that a header or a file system gives a meaning. */
function toFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return truncateText(last.replaceAll(/[\p{C}"<>:|?*]/gu, '').trim(), 100) || 'import';
}

const NO_SETTINGS: ImportSettings = {
  ...{ format: 'signet', encoding: 'utf-8', layout: 'lines', delimiter: ',' },
  ...{ columns: [], mapping: {}, schemaId: DEFAULT_SCHEMA_ID, match: 'id', policy: 'create' },
};

function emptyImport(projectId: string, owner: ImportOwner, name: string): Import {
  const now = new Date();
  return {
    ...{ id: newId(), projectId, phase: 'receiving', owner, name, settings: NO_SETTINGS },
    ...{ principal: null, findings: NO_FINDINGS, leftOut: { counts: {}, people: [] } },
    ...{ size: 0, total: null, position: 0, created: 0, changed: 0, same: 0, failed: 0, passwords: 0 },
    ...{ endedBy: null, createdAt: now, startedAt: null, updatedAt: now, finishedAt: null },
  };
}
