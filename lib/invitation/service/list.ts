import { findActiveSince } from '@/lib/role/service';
import { isBacked, isOperatorInvitation, type OpenInvitation, type RegistrationInvitation } from '../model';
import * as rows from '../repository';

/** An organization's open operator invitations, newest first. */
export async function listOpenInvitations(organizationId: string): Promise<OpenInvitation[]> {
  const [open, activeSince] = await Promise.all([
    rows.listOpen({ organizationId, kind: 'operator' }, new Date()),
    findActiveSince(organizationId),
  ]);
  const backed = open.filter(isOperatorInvitation).filter((invitation) => isBacked(invitation, activeSince));
  return backed.map(({ id, email, role, createdAt, expiresAt }) => ({
    id,
    email: email ?? '',
    role,
    createdAt,
    expiresAt,
  }));
}

/** A page of a project's open registration invitations, newest first. */
export async function listRegistrationInvitations(
  projectId: string,
  page: rows.InvitationPage,
): Promise<RegistrationInvitation[]> {
  const open = await rows.listOpen({ projectId, kind: 'registration' }, new Date(), page);
  return open.map(({ id, email, createdAt, expiresAt }) => ({ id, email: email ?? '', createdAt, expiresAt }));
}
