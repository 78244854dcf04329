import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { AuditEvent } from '@/lib/audit/model';
import { listSettledEvents } from '@/lib/audit/service';
import { newId } from '@/lib/platform/ids';
import { OutboundError, sendOutbound } from '@/lib/platform/outbound/send';
import { messageOf } from '@/lib/webhook/model/message';
import { messageHeaders, newWebhookSecret } from '@/lib/webhook/service';
import type { Io } from './output';
import { openProject } from './project';

const POLL_MILLIS = 1000;
const BATCH = 500;

type Options = { forwardTo?: string; event?: string[]; count?: number; json?: boolean };

/**
 * Follows the audit log and shows each event as a webhook would receive it. Reads the database, so it works behind NAT,
 * registers nothing and leaves nothing behind; `--forward-to` posts to a receiver on this machine, signed with a secret
 * of this run.
 */
export function addListen(noun: Command, io: Io, collectType: (type: string, before?: string[]) => string[]): void {
  noun
    .command('listen')
    .description('print events as a webhook would receive them, until you press Ctrl+C')
    .option('--forward-to <url>', 'also post them to this receiver, signed with a secret that is printed first')
    .option('--event <type>', 'only this type of event; repeatable', collectType)
    .addOption(new Option('--count <number>', 'end after so many events').argParser(Number))
    .option('--json', 'print one JSON value per line')
    .action(async ({ forwardTo, event, count = Number.POSITIVE_INFINITY, json }: Options, command: Command) => {
      const { project } = await openProject(command);
      const secret = newWebhookSecret();
      if (forwardTo) io.err(`Forwarding to ${forwardTo}, signed with ${secret}\n`);
      else io.err('Waiting for events …\n');
      let seen = 0;
      for await (const one of follow(project.id)) {
        if (event && !event.includes(one.type)) continue;
        await show(io, one, { forwardTo, secret, json });
        if (++seen >= count) return;
      }
    });
}

/** New events, oldest first, without end. */
async function* follow(projectId: string): AsyncGenerator<AuditEvent> {
  for (let last = newId(); ; await wait(POLL_MILLIS)) {
    const events = await newerThan(projectId, last);
    for (const event of events) yield event;
    last = events.at(-1)?.id ?? last;
  }
}

async function newerThan(projectId: string, last: string): Promise<AuditEvent[]> {
  const found = await listSettledEvents(projectId, {}, { limit: BATCH });
  return found.filter(({ id }) => id > last).reverse();
}

async function show(
  io: Io,
  event: AuditEvent,
  { forwardTo, secret, json }: { forwardTo?: string | undefined; secret: string; json?: boolean | undefined },
): Promise<void> {
  const body = messageOf(event, event);
  const headers = messageHeaders([secret], { id: event.id, sentAt: new Date(), body });
  const answer = forwardTo === undefined ? null : await forward(forwardTo, headers, body);
  if (json) {
    io.out(
      `${JSON.stringify({ id: event.id, headers, body: JSON.parse(body), ...(answer !== null && { answer }) })}\n`,
    );
    return;
  }
  io.out(
    `${event.createdAt.toISOString()} ${event.type} ${event.id}${answer === null ? '' : ` → ${answer}`}\n${body}\n`,
  );
}

async function forward(url: string, headers: Record<string, string>, body: string): Promise<string> {
  try {
    return String((await sendOutbound({ url, headers, body })).status);
  } catch (error) {
    if (error instanceof OutboundError) return error.fault;
    throw error;
  }
}
