import { withMessages } from '../../../../with-messages';

export default withMessages('consoleRecycleBin.restore', 'consoleRecycleBin.purge');
