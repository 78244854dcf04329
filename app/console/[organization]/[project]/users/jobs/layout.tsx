import { withMessages } from '../../../../with-messages';

export default withMessages('consoleJobs.stop', 'consoleJobs.undo');
