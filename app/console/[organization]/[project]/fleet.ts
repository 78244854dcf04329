import { cache } from 'react';
import { readFleet } from '@/lib/credential/service';

/** Read once per view, by the numbers and the panel. */
export const fleetOf = cache(readFleet);
