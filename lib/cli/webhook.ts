import { type Command, InvalidArgumentError, Option } from 'commander';
import { AUDIT_EVENT_TYPES, isAuditEventType } from '@/lib/audit/model';
import { toDeliveryDetailResponse, toDeliveryResponse, toWebhookResponse } from '@/lib/webhook/contract';
import { DELIVERY_STATES, type DeliveryState, type Webhook, type WebhookDelivery } from '@/lib/webhook/model';
import {
  createWebhook,
  deleteWebhook,
  getDelivery,
  getWebhook,
  listDeliveries,
  listWebhooks,
  readContent,
  rotateWebhookSecret,
  sendAgain,
  sendTestEvent,
  updateWebhook,
} from '@/lib/webhook/service';
import { toLimit } from './arguments';
import { type Io, nameValueLines, printResult, table, toMinute } from './output';
import { openProject } from './project';
import { addListen } from './webhook-listen';

type Json = { json?: boolean };
const JSON_OPTION = ['--json', 'print one JSON value'] as const;
const ALL = 'all';

export function addWebhookCommands(program: Command, io: Io): void {
  const noun = program.command('webhook').description('URLs that are sent the events of the project');
  addList(noun, io);
  addCreate(noun, io);
  addUpdate(noun, io);
  addRotate(noun, io);
  addDelete(noun, io);
  addTest(noun, io);
  addDeliveries(noun, io);
  addShowDelivery(noun, io);
  addSendAgain(noun, io);
  addListen(noun, io, collectType);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list webhooks with their state')
    .option(...JSON_OPTION)
    .action(async ({ json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const webhooks = await listWebhooks(project.id);
      const rows = webhooks.map((webhook) => [webhook.id, webhook.url, typesOf(webhook), stateOf(webhook)]);
      const lines = rows.length === 0 ? ['No webhooks.'] : table([['ID', 'URL', 'EVENTS', 'STATE'], ...rows]);
      printResult(io, json, webhooks.map(toWebhookResponse), lines);
    });
}

type CreateOptions = Json & { url: string; description: string; event?: string[]; off?: boolean };

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create a webhook; its secret is shown this once')
    .requiredOption('--url <url>', 'where events are sent: https://…, or http://… on this machine')
    .option('--description <text>', 'what receives the events', '')
    .option('--event <type>', 'send only this type of event; repeatable', collectType)
    .option('--off', 'create it switched off')
    .option(...JSON_OPTION)
    .action(async ({ url, description, event, off, json }: CreateOptions, command: Command) => {
      const { actor } = await openProject(command);
      const eventTypes = event ? event.filter(isAuditEventType) : null;
      const { webhook, secret } = await createWebhook(actor, { url, description, eventTypes, isActive: !off });
      printResult(io, json, { ...toWebhookResponse(webhook), secret }, [
        ...nameValueLines([
          ['ID', webhook.id],
          ['URL', webhook.url],
          ['Secret', secret],
        ]),
        'The secret is not shown again.',
      ]);
    });
}

type UpdateOptions = Json & { url?: string; description?: string; event?: string[]; on?: boolean; off?: boolean };

function addUpdate(noun: Command, io: Io): void {
  noun
    .command('update')
    .description('change a webhook, or switch it on or off')
    .argument('<id>')
    .option('--url <url>', 'where events are sent')
    .option('--description <text>', 'what receives the events')
    .option('--event <type>', `send only this type of event; repeatable; "${ALL}" for all`, collectTypeOrAll)
    .addOption(new Option('--on', 'switch it on').conflicts('off'))
    .option('--off', 'switch it off')
    .option(...JSON_OPTION)
    .action(async (id: string, { url, description, event, on, off, json }: UpdateOptions, command: Command) => {
      const { actor } = await openProject(command);
      const webhook = await updateWebhook(actor, id, {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(event && { eventTypes: event.includes(ALL) ? null : event.filter(isAuditEventType) }),
        ...((on || off) && { isActive: on === true }),
      });
      printResult(io, json, toWebhookResponse(webhook), [`${webhook.url} is ${stateOf(webhook)}.`]);
    });
}

type RotateOptions = Json & { overlapHours: number };

function addRotate(noun: Command, io: Io): void {
  noun
    .command('rotate')
    .description('replace the secret; both sign during the overlap')
    .argument('<id>')
    .option('--overlap-hours <hours>', 'how long the previous secret signs too, up to 168', Number, 24)
    .option(...JSON_OPTION)
    .action(async (id: string, { overlapHours, json }: RotateOptions, command: Command) => {
      const { actor } = await openProject(command);
      const { webhook, secret } = await rotateWebhookSecret(actor, id, { overlapHours });
      const end = toMinute(webhook.previousUntil);
      printResult(io, json, { ...toWebhookResponse(webhook), secret }, [
        ...nameValueLines([['Secret', secret]]),
        end ? `The previous secret signs too until ${end}.` : 'The previous secret no longer signs.',
      ]);
    });
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('delete a webhook and its log of deliveries')
    .argument('<id>')
    .option(...JSON_OPTION)
    .action(async (id: string, { json }: Json, command: Command) => {
      const { project, actor } = await openProject(command);
      const webhook = await getWebhook(project.id, id);
      await deleteWebhook(actor, webhook.id);
      printResult(io, json, { id: webhook.id }, [`${webhook.url} is no longer sent any event.`]);
    });
}

function addTest(noun: Command, io: Io): void {
  noun
    .command('test')
    .description('send a test event, which a running server does')
    .argument('<id>')
    .option(...JSON_OPTION)
    .action(async (id: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const delivery = await sendTestEvent(project.id, id);
      printResult(io, json, toDeliveryResponse(delivery), [
        `Follow it with: webhook show-delivery ${id} ${delivery.eventId}`,
      ]);
    });
}

type DeliveriesOptions = Json & { state?: DeliveryState; limit: number; before?: string };

function addDeliveries(noun: Command, io: Io): void {
  noun
    .command('deliveries')
    .description('list deliveries of the last 30 days, newest first')
    .argument('<id>')
    .addOption(new Option('--state <state>', 'filter by state').choices([...DELIVERY_STATES]))
    .option('--limit <number>', 'maximum number of results, up to 1000', toLimit, 50)
    .option('--before <event>', 'continue before this event')
    .option(...JSON_OPTION)
    .action(async (id: string, { state, limit, before, json }: DeliveriesOptions, command: Command) => {
      const { project } = await openProject(command);
      const webhook = await getWebhook(project.id, id);
      const found = await listDeliveries(project.id, webhook.id, { state, before, limit });
      const rows = found.map((one) => [one.eventId, one.type, answerOf(one), one.state, toMinute(one.createdAt) ?? '']);
      const lines =
        rows.length === 0 ? ['No deliveries found.'] : table([['EVENT', 'TYPE', 'ANSWER', 'STATE', 'TIME'], ...rows]);
      printResult(io, json, found.map(toDeliveryResponse), lines);
    });
}

function addShowDelivery(noun: Command, io: Io): void {
  noun
    .command('show-delivery')
    .description('show what was sent and answered')
    .argument('<id>')
    .argument('<event>')
    .option(...JSON_OPTION)
    .action(async (id: string, event: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const delivery = await getDelivery(project.id, id, event);
      const content = await readContent(delivery);
      const facts: Array<[string, string]> = [
        ['Event', delivery.eventId],
        ['Type', delivery.type],
        ['State', delivery.state],
        ['Attempts', String(delivery.attempts)],
        [
          'Next attempt',
          delivery.waitsFor ? `after ${delivery.waitsFor}` : (toMinute(delivery.nextAttemptAt) ?? 'none'),
        ],
        ['Answer', answerOf(delivery)],
        ['Sent', content.body ?? ''],
        ['Received', content.answer?.body ?? ''],
      ];
      printResult(io, json, toDeliveryDetailResponse(delivery, content), nameValueLines(facts));
    });
}

function addSendAgain(noun: Command, io: Io): void {
  noun
    .command('send-again')
    .description('send a delivery again, under the same ID, which a running server does')
    .argument('<id>')
    .argument('<event>')
    .option(...JSON_OPTION)
    .action(async (id: string, event: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const delivery = await sendAgain(project.id, id, event);
      printResult(io, json, toDeliveryResponse(delivery), [`${delivery.type} ${delivery.eventId} is sent again.`]);
    });
}

function collectType(type: string, before: string[] = []): string[] {
  if (isAuditEventType(type)) return [...before, type];
  throw new InvalidArgumentError(`known types: ${AUDIT_EVENT_TYPES.join(', ')}`);
}

function collectTypeOrAll(type: string, before: string[] = []): string[] {
  return type === ALL ? [...before, type] : collectType(type, before);
}

function typesOf({ eventTypes }: Webhook): string {
  return eventTypes?.join(', ') ?? ALL;
}

function stateOf({ isActive, offReason, failingSince }: Webhook): string {
  if (!isActive) return offReason === 'operator' ? 'off' : `off (${offReason})`;
  return failingSince ? `on, failing since ${toMinute(failingSince)}` : 'on';
}

function answerOf({ status, fault }: WebhookDelivery): string {
  return String(status ?? fault ?? '');
}
