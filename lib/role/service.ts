export {
  deleteAssignment,
  findActiveSince,
  findAssignment,
  findHeldRoles,
  hasOperators,
  listManagers,
} from './repository';
export { assignRole } from './service/assign';
export { guardLastOwner } from './service/last-owner';
export { guardOwnRole, guardReach } from './service/reach';
