import { WEBHOOK_JOB } from '@/lib/audit/model';
import { newId } from '@/lib/platform/ids';
import { claimingJob } from '@/lib/platform/job';
import { leaseEnd, withRenewedLease } from '@/lib/platform/lease';
import { errorFields, log } from '@/lib/platform/log';
import { isDoubtful, type Webhook, type WebhookDelivery } from '../model';
import * as endpoints from '../repository';
import * as rows from '../repository/deliveries';
import { attempt, type DeliverOptions } from './attempt';

/** Endpoints that one process sends to at a time. */
const CONCURRENCY = 8;
/** Requests to one endpoint at a time, of different identities. */
const PARALLEL = 4;
const BATCH = 50;
/** After this time, other endpoints get their turn. */
const TURN_MILLIS = 10_000;
/** A request takes at most five seconds: none starts this close to the end of a lease. */
const MARGIN_MILLIS = 8000;

/** `until`: the end of the lease as last written. */
export type Claimed = { webhook: Webhook; owner: string; until: Date };

/**
 * Sends waiting deliveries. A process claims an endpoint, not a delivery: so no message is sent twice at a time, and the
 * events of one identity arrive in their order. A killed process's lease expires, and another one sends what it had not
 * recorded again, under the same ID.
 */
export const deliveryJob = claimingJob<Claimed>({
  name: WEBHOOK_JOB,
  concurrency: CONCURRENCY,
  claimNext: claimNextWebhook,
  run: async (claimed, signal) => {
    await work(claimed, signal);
  },
});

/** Sends everything that is due once, for tests; resolves to the number of requests. */
export async function deliverDueWebhooks(options: DeliverOptions = {}): Promise<number> {
  const { now = () => new Date() } = options;
  let sent = 0;
  for (;;) {
    const claimed = await claimNextWebhook(now());
    if (!claimed) return sent;
    sent += await work(claimed, new AbortController().signal, options);
  }
}

async function claimNextWebhook(now: Date): Promise<Claimed | null> {
  for (;;) {
    const ids = await endpoints.listDueWebhooks(now, CONCURRENCY);
    for (const id of ids) {
      const claim = { owner: newId(), until: leaseEnd(now) };
      const webhook = await endpoints.claimWebhook(id, claim.owner, now, claim.until);
      if (webhook) return { webhook, ...claim };
    }
    if (ids.length < CONCURRENCY) return null; // other processes claimed all of them
  }
}

/**
 * Sends to one endpoint until nothing is due, it fails, or its turn is over; resolves to the number of requests. Never
 * rejects: what could not be recorded is sent again once the lease expires.
 */
async function work(claimed: Claimed, signal: AbortSignal, options: DeliverOptions = {}): Promise<number> {
  const { webhook, owner } = claimed;
  const turn = new Turn(claimed, signal, options);
  try {
    await withRenewedLease(() => turn.renew(), turn.run());
    await endpoints.releaseLease(webhook.id, owner, new Date());
  } catch (error) {
    log.error('webhook processing failed', { webhook_id: webhook.id, ...errorFields(error) });
  }
  return turn.sent;
}

class Turn {
  sent = 0;
  readonly #claimed: Claimed;
  readonly #signal: AbortSignal;
  readonly #options: DeliverOptions;
  readonly #end = Date.now() + TURN_MILLIS;
  #isLost = false;

  constructor(claimed: Claimed, signal: AbortSignal, options: DeliverOptions) {
    this.#claimed = claimed;
    this.#signal = signal;
    this.#options = options;
  }

  async renew(): Promise<void> {
    const until = leaseEnd(new Date());
    if (await endpoints.renewLease(this.#claimed.webhook, this.#claimed.owner, until)) this.#claimed.until = until;
    else this.#isLost = true;
  }

  async run(): Promise<void> {
    const { webhook } = this.#claimed;
    while (this.#maySend()) {
      const due = await rows.listDue(webhook.id, this.#now(), BATCH);
      if (due.length === 0) return;
      await this.#sendAll(lanesOf(due));
      await this.renew(); // settings may have changed
    }
  }

  /** Lanes in parallel, each in order. While the endpoint fails, one request at a time. */
  async #sendAll(lanes: WebhookDelivery[][]): Promise<void> {
    const waiting = lanes.values();
    const next = async () => {
      for (const lane of waiting) {
        if (!this.#maySend()) return;
        await this.#sendLane(lane);
      }
    };
    const isDoubted = isDoubtful(this.#claimed.webhook);
    const parallel = isDoubted ? 1 : Math.min(PARALLEL, lanes.length);
    await Promise.all(Array.from({ length: parallel }, next));
  }

  async #sendLane(lane: WebhookDelivery[]): Promise<void> {
    let previous: string | null = null;
    for (const [at, delivery] of lane.entries()) {
      if (!this.#maySend()) return;
      if (delivery.waitsFor !== previous) return postpone(lane.slice(at), await endOfWait(delivery));
      this.sent++;
      const retriedAt = await attempt(this.#claimed.webhook, delivery, this.#options);
      if (retriedAt) return postpone(lane.slice(at + 1), retriedAt);
      previous = delivery.eventId;
    }
  }

  #maySend(): boolean {
    const { webhook, until } = this.#claimed;
    const now = Date.now();
    const isPaused = webhook.pausedUntil !== null && webhook.pausedUntil > this.#now();
    const hasLease = !this.#isLost && until.getTime() - now > MARGIN_MILLIS;
    return hasLease && webhook.isActive && !isPaused && !this.#signal.aborted && now < this.#end;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

/** The deliveries of one identity make a lane, in the order of their events. */
function lanesOf(due: WebhookDelivery[]): WebhookDelivery[][] {
  const lanes = new Map<string, WebhookDelivery[]>();
  for (const delivery of due) {
    const key = delivery.identityId ?? delivery.eventId;
    lanes.set(key, [...(lanes.get(key) ?? []), delivery]);
  }
  return [...lanes.values()].map((lane) => lane.sort((a, b) => (a.eventId < b.eventId ? -1 : 1)));
}

/** When the delivery is tried that this one waits for; null if that one is finished. */
async function endOfWait({ webhookId, projectId, waitsFor }: WebhookDelivery): Promise<Date | null> {
  const earlier = waitsFor === null ? null : await rows.findDelivery(projectId, webhookId, waitsFor);
  return earlier?.nextAttemptAt ?? null;
}

/** Otherwise they would be read, and found to wait, again and again. */
async function postpone(lane: WebhookDelivery[], time: Date | null): Promise<void> {
  if (time) for (const { webhookId, eventId } of lane) await rows.postponeTo(webhookId, eventId, time);
}
