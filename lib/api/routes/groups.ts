import { groupMemberResponse, groupResponse } from '@/lib/group/contract';
import { IDENTITY_ID } from './identities';
import { KEYSET } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const GROUP_ID: ParameterNote = { description: 'ID of the group.', example: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c90' };

const example = {
  id: GROUP_ID.example,
  name: 'Editors',
  description: null,
  member_count: 3,
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};
const taken = 'Another group has this name, however its case is written.';
const examples = { editors: { summary: 'A name', value: { name: 'Editors' } } };

export const groupRoutes = {
  'GET /admin/groups': {
    scope: 'groups:read',
    id: 'listGroups',
    tag: 'groups',
    summary: 'List groups',
    parameters: {
      ...KEYSET,
      identity_id: { description: 'Only groups that this identity is a member of.', example: IDENTITY_ID.example },
    },
    answers: {
      200: {
        description: 'A page of groups, oldest first.',
        body: groupResponse.array(),
        headers: ['Link'],
        example: [example],
      },
    },
  },
  'POST /admin/groups': {
    scope: 'groups:write',
    dryRun: DRY_RUN,
    id: 'createGroup',
    tag: 'groups',
    summary: 'Create a group',
    description: 'Its name is the value in the claim `groups`.',
    examples,
    answers: {
      201: {
        description: 'The created group.',
        body: groupResponse,
        headers: ['ETag', 'Location'],
        example: { ...example, member_count: 0 },
      },
    },
    refusals: { 409: taken },
  },
  'GET /admin/groups/{id}': {
    scope: 'groups:read',
    id: 'getGroup',
    tag: 'groups',
    summary: 'Get a group',
    parameters: { id: GROUP_ID },
    answers: { 200: { description: 'The group.', body: groupResponse, headers: ['ETag'], example } },
  },
  'PUT /admin/groups/{id}': {
    scope: 'groups:write',
    dryRun: DRY_RUN,
    id: 'updateGroup',
    tag: 'groups',
    summary: 'Replace name and description of a group',
    description: 'Applications receive a new name with the next tokens.',
    parameters: { id: GROUP_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples,
    answers: { 200: { description: 'The updated group.', body: groupResponse, headers: ['ETag'], example } },
    refusals: { 409: taken },
  },
  'DELETE /admin/groups/{id}': {
    scope: 'groups:write',
    dryRun: DRY_RUN,
    id: 'deleteGroup',
    tag: 'groups',
    summary: 'Delete a group',
    description: 'Its members remain. An application that only this group may use admits no one.',
    parameters: { id: GROUP_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    answers: { 204: { description: 'Deleted.' } },
  },
  'GET /admin/groups/{id}/members': {
    scope: 'groups:read',
    id: 'listGroupMembers',
    tag: 'groups',
    summary: 'List the members of a group',
    parameters: { id: GROUP_ID, ...KEYSET },
    answers: {
      200: {
        description: 'A page of members, ordered by ID.',
        body: groupMemberResponse.array(),
        headers: ['Link'],
        example: [{ identity_id: IDENTITY_ID.example, added_at: example.created_at }],
      },
    },
  },
  'PUT /admin/groups/{id}/members/{identityId}': {
    scope: 'groups:write',
    dryRun: DRY_RUN,
    id: 'addGroupMember',
    tag: 'groups',
    summary: 'Add an identity to a group',
    description: 'Idempotent. A deleted identity leaves its groups, also when it is restored.',
    parameters: { id: GROUP_ID, identityId: IDENTITY_ID },
    answers: { 204: { description: 'It is a member.' } },
  },
  'DELETE /admin/groups/{id}/members/{identityId}': {
    scope: 'groups:write',
    dryRun: DRY_RUN,
    id: 'removeGroupMember',
    tag: 'groups',
    summary: 'Remove an identity from a group',
    parameters: { id: GROUP_ID, identityId: IDENTITY_ID },
    answers: { 204: { description: 'Removed.' } },
    refusals: { 404: 'The group does not exist, or the identity is not a member.' },
  },
} satisfies RouteRows;
