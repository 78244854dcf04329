export { deleteAssignment, findActiveSince, findAssignment, findHeldRoles, hasOperators } from './repository';
export { assignRole } from './service/assign';
export { guardLastOwner } from './service/last-owner';
export { guardOwnRole, guardReach } from './service/reach';
