import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { toCredentialsBlock, transferredCredentials } from '@/lib/credential/contract';
import {
  exportPeople,
  type IdentityWithPasskeys,
  importPeople,
  type TransferredPerson,
} from '@/lib/credential/service';
import { toIdentityResponse, transferredIdentity } from '@/lib/identity/contract';
import { countIdentities } from '@/lib/identity/service';
import { AppError, isAppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import { decodeUtf8 } from '@/lib/platform/utf8.mjs';
import { AlreadyReportedError, type Io, printResult, sentence } from './output';
import { Progress } from './progress';
import { openProject } from './project';

const BATCH_SIZE = 500;
/** Refusals listed without --json, which lists all. */
const MAX_REPORTED = 20;

export function addTransferCommands(noun: Command, io: Io): void {
  addExport(noun, io);
  addImport(noun, io);
}

type ExportOptions = { output?: string; passkeys?: boolean; json?: boolean };

function addExport(noun: Command, io: Io): void {
  noun
    .command('export')
    .description('write all identities as JSON Lines in the admin API format, oldest first')
    .option('--output <file>', 'write to this file, readable only by you, instead of standard output')
    .option('--no-passkeys', 'omit passkeys; with them, people can sign in to another installation on the same domain')
    .option('--json', 'with --output: print one JSON value')
    .action(async ({ output, passkeys, json }: ExportOptions, command: Command) => {
      const { project } = await openProject(command);
      const progress = new Progress(io, 'Exported', await countIdentities(project.id, {}));
      const target = output === undefined ? null : await openTarget(output);
      let count = 0;
      for (let after: string | null = null; ; ) {
        const people: IdentityWithPasskeys[] = await exportPeople(project.id, after, BATCH_SIZE);
        const last = people.at(-1);
        if (!last) break;
        const lines = people.map((person) => `${JSON.stringify(toLine(person, passkeys === true))}\n`).join('');
        await (target ? target.write(lines) : io.out(lines));
        after = last.identity.id;
        count += people.length;
        progress.show(count);
      }
      progress.end();
      await target?.close();
      if (output !== undefined)
        printResult(io, json, { exported: count, file: output }, [`${count} identities exported to ${output}.`]);
    });
}

/** Omits what belongs to this installation, such as the schema URL. */
function toLine({ identity, passkeys }: IdentityWithPasskeys, hasPasskeys: boolean): object {
  const { schema_url: _here, organization_id: _none, ...line } = toIdentityResponse(identity, 'http://localhost');
  if (!hasPasskeys || passkeys.length === 0) return line;
  return { ...line, credentials: toCredentialsBlock(passkeys, identity.userHandle) };
}

/** The file appears under its name once it is complete, readable by its owner only. */
async function openTarget(file: string) {
  const part = `${file}.part`;
  await rm(part, { force: true });
  const stream = createWriteStream(part, { mode: 0o600, flags: 'wx' });
  await once(stream, 'open');
  return {
    write: async (text: string) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await once(stream, 'close');
      await rename(part, file);
    },
  };
}

type Refused = { line: number; reason: string };

function addImport(noun: Command, io: Io): void {
  noun
    .command('import')
    .description('import identities from JSON Lines; existing identities are left unchanged')
    .argument('<file>', 'file written by export; - for standard input')
    .option('--json', 'print one JSON value')
    .action(async (file: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const total = file === '-' ? null : (await stat(file)).size;
      const progress = new Progress(io, 'Read', total, 'bytes');
      const counts = { imported: 0, present: 0 };
      const refused: Refused[] = [];
      for await (const lines of readChunks(file)) {
        const outcomes = await importPeople(
          actor,
          project,
          lines.map(({ text }) => toPerson(text)),
        );
        outcomes.forEach((outcome, at) => {
          if (isAppError(outcome)) refused.push({ line: lines[at]?.number ?? 0, reason: sentence(outcome) });
          else counts[outcome] += 1;
        });
        progress.show(lines.at(-1)?.bytesRead ?? 0);
      }
      progress.end();
      printResult(io, json, { ...counts, refused }, summary(counts, refused));
      if (refused.length > 0) throw new AlreadyReportedError();
    });
}

/** `text` is null if the bytes are not UTF-8. */
type Line = { number: number; text: string | null; bytesRead: number };

async function* readChunks(file: string): AsyncGenerator<Line[]> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let chunk: Line[] = [];
  let number = 0;
  let bytesRead = 0;
  for await (const bytes of linesOf(input)) {
    number += 1;
    bytesRead += bytes.length + 1;
    if (number === 1) refuseUtf16(bytes, file);
    const text = toText(bytes);
    if (text?.trim() === '') continue;
    chunk.push({ number, text, bytesRead });
    if (chunk.length < BATCH_SIZE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Lines as bytes: a decoder would replace invalid UTF-8 by U+FFFD, which would then be imported. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  for await (const piece of input) {
    const chunk = Buffer.from(piece);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...open, chunk.subarray(start, end)]);
      open = [];
      start = end + 1;
    }
    open.push(chunk.subarray(start));
  }
  const last = Buffer.concat(open);
  if (last.length > 0) yield last;
}

/** UTF-16 has a zero byte in every line; a line of another encoding is refused on its own. */
function refuseUtf16(first: Buffer, file: string): void {
  if (!first.includes(0)) return;
  try {
    decodeUtf8(first, file);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: sentence(cause), cause });
  }
}

function toText(bytes: Buffer): string | null {
  try {
    return decodeUtf8(bytes, 'line');
  } catch {
    return null;
  }
}

function toPerson(text: string | null): TransferredPerson | AppError {
  try {
    if (text === null) return new AppError('invalid_input', { reason: 'not UTF-8' });
    if (Buffer.byteLength(text) > MAX_JSON_BYTES) return new AppError('payload_too_large');
    const { credentials, ...identity } = checked(transferredIdentity, parseJson(text), '');
    const { passkey } = checked(transferredCredentials, credentials, '/credentials');
    if (!passkey?.config) return { identity, passkeys: [] };
    const { user_handle: userHandle, credentials: passkeys } = passkey.config;
    return { identity: { ...identity, userHandle }, passkeys };
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function checked<Schema extends Parameters<typeof checkInput>[0]>(schema: Schema, value: unknown, at: string) {
  const outcome = checkInput(schema, value);
  if (outcome.ok) return outcome.data;
  const [{ pointer, message }] = outcome.violations;
  throw new AppError('invalid_input', { reason: `${at}${pointer}: ${message}` });
}

function summary({ imported, present }: { imported: number; present: number }, refused: Refused[]): string[] {
  const listed = refused.slice(0, MAX_REPORTED).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const rest = refused.length - listed.length;
  return [
    `${imported} imported, ${present} already present, ${refused.length} refused${refused.length > 0 ? ':' : '.'}`,
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more; --json lists all`] : []),
  ];
}
