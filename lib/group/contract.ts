import { z } from 'zod';
import { type Group, type GroupMember, groupFaults } from './model';

/** A group to create, or what replaces it. */
export const groupBody = z
  .strictObject({ name: z.string(), description: z.string().nullable().default(null) })
  .superRefine((given, context) => {
    for (const { field, message } of groupFaults(given)) context.addIssue({ code: 'custom', path: [field], message });
  });

/** `identity_id`: only groups that it is a member of. */
export const groupFilterQuery = {
  identity_id: z
    .array(z.uuid())
    .max(1, '"identity_id" must not be repeated')
    .transform(([value]) => value?.toLowerCase())
    .optional(),
};

export const groupResponse = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    member_count: z.int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Group', description: 'A named set of identities.' });

export function toGroupResponse(group: Group, memberCount: number): z.input<typeof groupResponse> {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    member_count: memberCount,
    created_at: group.createdAt.toISOString(),
    updated_at: group.updatedAt.toISOString(),
  };
}

export const groupMemberResponse = z.object({ identity_id: z.uuid(), added_at: z.iso.datetime() });

export function toGroupMemberResponse({ identityId, createdAt }: GroupMember): z.input<typeof groupMemberResponse> {
  return { identity_id: identityId, added_at: createdAt.toISOString() };
}
