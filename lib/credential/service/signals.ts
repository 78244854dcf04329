import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import { type PasskeySignals, toSignals } from '../model';
import * as rows from '../repository';

/** Signal API input for a signed-in identity. */
export async function getPasskeySignals(project: Project, identity: Identity): Promise<PasskeySignals> {
  return toSignals(project, identity, await rows.listPasskeys(project.id, identity.id));
}
