export { AlertDialog } from './alert-dialog';
export { Dialog } from './dialog';
export { Drawer } from './drawer';
