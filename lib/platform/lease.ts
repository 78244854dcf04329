import { errorFields, log } from './log';

/** The lease of a killed process expires after this time; another process then takes over at its next poll. */
export const LEASE_SECONDS = 20;
const RENEW_MILLIS = 5000;

export function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1000);
}

/** Renews a lease while `work` runs. A failed renewal is only logged; the next one follows soon. */
export async function withRenewedLease<Result>(renew: () => Promise<unknown>, work: Promise<Result>): Promise<Result> {
  let renewal: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    renewal = renewal.then(renew).catch((error: unknown) => log.warn('lease not renewed', errorFields(error)));
  }, RENEW_MILLIS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    await renewal;
  }
}
