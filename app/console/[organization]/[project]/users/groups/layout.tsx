import { withMessages } from '../../../../with-messages';

export default withMessages('consoleGroups');
