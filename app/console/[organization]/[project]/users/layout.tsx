import { withMessages } from '../../../with-messages';

export default withMessages(
  'consoleUsers.operator',
  'consoleUsers.noEmail',
  'consoleUsers.verified',
  'consoleUsers.columns.never',
  'consoleUsers.state',
  'consoleUsers.deletesOn',
  'consoleUsers.deleting',
);
