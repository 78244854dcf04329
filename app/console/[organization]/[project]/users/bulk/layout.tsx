import { withMessages } from '../../../../with-messages';

export default withMessages('consoleUsers.bulk.stop');
