import { withMessages } from '../../../with-messages';

export default withMessages('consoleApplications', 'consoleProjects.settings.sessions');
