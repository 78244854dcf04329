import { detachOfflineSessions } from '@/lib/application-session/service';
import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { transaction } from '@/lib/platform/db/transaction';
import { KNOWN_BROWSER_SECONDS } from '../model/alert';
import * as rows from '../repository';
import { deleteExpiredAlerts, deleteForgottenBrowsers } from '../repository/alert';

/**
 * Removes expired rows in small steps that do not block other writes; resolves to their number. Reads do not rely on it.
 * Families with `offline_access` continue without their session.
 */
export async function purgeExpiredSessions(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps(
    (limit) =>
      transaction(async (tx) => {
        const ids = await rows.listExpired(tx, now, limit);
        await detachOfflineSessions(tx, ids);
        return rows.deleteByIds(tx, ids);
      }),
    { signal },
  );
}

/** Removes browsers without a sign-in for 400 days, and expired alerts; resolves to their number. */
export async function purgeKnownBrowsers(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - KNOWN_BROWSER_SECONDS * 1000);
  const browsers = await deleteInSteps((limit) => deleteForgottenBrowsers(before, limit), { signal });
  return browsers + (await deleteInSteps((limit) => deleteExpiredAlerts(now, limit), { signal }));
}
