import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { KEPT_DAYS } from '../model';
import { deleteWebhookRow, listDeletedWebhooks } from '../repository';
import { deleteDeliveriesOf, deleteOld } from '../repository/deliveries';
import { deliveryJob } from './deliver';

export const webhookJobs: Job[] = [
  deliveryJob,
  { name: 'webhook.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeDeliveries(new Date(), signal) },
];

/** Deletes deliveries after their time, and deleted webhooks with theirs; resolves to the number of deliveries. */
export async function purgeDeliveries(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000);
  let count = await deleteInSteps((limit) => deleteOld(before, limit), { signal });
  for (const id of await listDeletedWebhooks()) {
    count += await deleteInSteps((limit) => deleteDeliveriesOf(id, limit), { signal });
    await deleteWebhookRow(id);
  }
  return count;
}
