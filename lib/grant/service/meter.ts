import { metrics } from '@/lib/platform/metrics';

/** Counts a refusal of an application's request by its code. */
export function meterRefusal(code: string): void {
  metrics().applicationRefusals.inc({ code });
}
