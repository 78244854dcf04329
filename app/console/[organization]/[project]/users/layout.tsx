import { withMessages } from '../../../with-messages';

export default withMessages(
  'consoleUsers.operator',
  'consoleUsers.noEmail',
  'consoleUsers.unverified',
  'consoleUsers.state',
);
