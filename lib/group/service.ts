export { countGroups, findGroup, findGroupByName, listGroups, listGroupsAfter, listGroupsByIds } from './repository';
export { countMembers, countMembersOf, groupsOf, listGroupsOfIdentity, listMembers } from './repository/members';
export { createGroup, deleteGroup, updateGroup } from './service/change';
export { getGroup } from './service/get';
export { addMember, removeMember } from './service/members';
