export { listUndoStates } from './service/list-states';
export { undoEvent } from './service/undo-event';
export { canUndoOwn, undoOwnEvent } from './service/undo-own';
